import { z } from 'zod';
import { email, id, instantOut } from '../fields.ts';
import { personRef, shareAccess } from './schemas.ts';

/** The same for documents and tasks. */
export const share = z
  .object({
    id,
    userId: id.nullable(),
    email: z.string().nullable().meta({ description: 'Where it was shared with an address' }),
    person: personRef.nullable(),
    access: shareAccess,
    status: z.enum(['active', 'pending']).meta({
      description: '`pending` until somebody with this address is here',
    }),
    createdAt: instantOut,
    updatedAt: instantOut,
  })
  .meta({ id: 'Share' });
export type Share = z.infer<typeof share>;

export const createShareBody = z
  .strictObject({ userId: id.optional(), email: email.optional(), access: shareAccess })
  .refine((body) => (body.userId === undefined) !== (body.email === undefined), {
    message: 'Give either userId or email',
    path: ['userId'],
  });
export type CreateShareBody = z.output<typeof createShareBody>;

export const updateShareBody = z.strictObject({ access: shareAccess });

/** People one thing can be shared with. */
export const MAX_SHARES = 100;
