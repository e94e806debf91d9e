import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { client, id, instantOut } from '../fields.ts';

/** Base64url of so many bytes. */
const bytes = (length: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, 'Must be base64url')
    .refine(
      (value) => Math.floor((value.replace(/=+$/, '').length * 3) / 4) === length,
      `Must be ${length} bytes`,
    );

/** What `PushSubscription.toJSON()` gives in a browser (W3C Push API). */
export const pushSubscriptionBody = z.strictObject({
  endpoint: z.url({ protocol: /^https$/, error: 'Must be an https address' }).max(1_000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({ p256dh: bytes(65), auth: bytes(16) }),
});

export const pushSubscription = z
  .object({
    id,
    service: z.string().meta({ description: 'Host of the push service' }),
    userAgent: z.string(),
    ...client,
    createdAt: instantOut,
  })
  .meta({ id: 'PushSubscription' });
export type PushSubscription = z.infer<typeof pushSubscription>;

const path = '/v1/notifications/push-subscriptions';

export const pushRoutes = {
  getPushKey: defineRoute({
    method: 'GET',
    path: '/v1/notifications/push-key',
    summary: 'The key with which a browser subscribes to push messages (`applicationServerKey`)',
    auth: 'required',
    responses: { 200: z.object({ publicKey: z.string() }) },
    errors: [],
  }),
  createPushSubscription: defineRoute({
    method: 'POST',
    path,
    summary: 'Get push messages on this device',
    description: 'The same endpoint again answers 200 and moves the device to whoever is signed in now.',
    auth: 'required',
    body: pushSubscriptionBody,
    responses: { 200: pushSubscription, 201: pushSubscription },
    errors: ['PUSH_ENDPOINT_REFUSED', 'TOO_MANY_DEVICES'],
  }),
  listPushSubscriptions: defineRoute({
    method: 'GET',
    path,
    summary: 'My devices that get push messages',
    auth: 'required',
    responses: { 200: z.object({ items: z.array(pushSubscription), nextCursor: z.null() }) },
    errors: [],
  }),
  deletePushSubscription: defineRoute({
    method: 'DELETE',
    path: `${path}/:subscriptionId`,
    summary: 'No more push messages on a device',
    auth: 'required',
    params: z.object({ subscriptionId: id }),
    responses: { 204: null },
    errors: ['PUSH_SUBSCRIPTION_NOT_FOUND'],
  }),
} as const;
