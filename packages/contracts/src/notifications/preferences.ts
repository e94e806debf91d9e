import { z } from 'zod';
import { defineRoute } from '../contract.ts';

const channels = z.strictObject({
  email: z.boolean(),
  sms: z.boolean(),
  push: z.boolean(),
  inApp: z.boolean(),
});

const byType = z.strictObject({
  reminder: channels,
  upcoming: channels,
  overdue: channels,
  review: channels,
  share: channels,
  comment: channels,
  general: channels,
});

const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a time like 22:30')
  .meta({ example: '22:30' });

const quietHours = z
  .strictObject({ from: wallTime, to: wallTime })
  .refine(({ from, to }) => from !== to, 'Must begin and end at different times')
  .nullable()
  .meta({
    description: 'Times on the wall where I live. Messages wait until the end and come as one digest',
  });

const fields = {
  channels: byType.meta({ description: 'What I want to hear, by type and channel. Security is always told' }),
  quietHours,
  morningDigest: z.strictObject({ enabled: z.boolean(), hour: z.int().min(0).max(23) }).meta({
    description: 'One mail with everything due today, at this hour where I live; none when nothing is',
  }),
  weeklyReview: z.boolean().meta({ description: 'A look at my week on Sunday evenings' }),
};

export const putPreferencesBody = z.strictObject(fields);
export type PutPreferencesBody = z.output<typeof putPreferencesBody>;

export const notificationPreferences = z
  .object({ ...fields, version: z.int() })
  .meta({ id: 'NotificationPreferences' });
export type Preferences = z.infer<typeof notificationPreferences>;

const path = '/v1/notifications/preferences';

export const preferenceRoutes = {
  getPreferences: defineRoute({
    method: 'GET',
    path,
    summary: 'What I want to be told, how and when',
    auth: 'required',
    responses: { 200: notificationPreferences },
    errors: [],
    conditional: true,
  }),
  putPreferences: defineRoute({
    method: 'PUT',
    path,
    summary: 'Replace what I want to be told, how and when',
    auth: 'required',
    body: putPreferencesBody,
    responses: { 200: notificationPreferences },
    errors: [],
    conditional: true,
  }),
} as const;
