import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { email, id, instantOut, listOf, page } from '../fields.ts';
import type { ProblemCode } from '../problems.ts';
import { personRef, shareAccess } from './schemas.ts';

/** The same for documents and tasks. */
export const share = z
  .object({
    id,
    userId: id.nullable().meta({ description: 'Null for an address until its owner has opened it' }),
    email: z.string().nullable().meta({ description: 'Where it was shared with an address' }),
    person: personRef.nullable(),
    access: shareAccess,
    status: z.enum(['active', 'pending']).meta({
      description:
        'An address is `pending` until its owner has opened what is shared, whether or not they had an account',
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

/** What one person may share anew in a day, with documents and tasks apart. */
export const MAX_SHARES_PER_DAY = 200;

/** The four routes by which a thing is shared; the same for each kind of thing. */
export function shareRoutes<
  Thing extends z.ZodObject,
  One extends z.ZodObject,
  const Errors extends readonly ProblemCode[],
>(what: string, { path, params, one, errors }: { path: string; params: Thing; one: One; errors: Errors }) {
  return {
    create: defineRoute({
      method: 'POST',
      path,
      summary: `Share a ${what} with a person here or with an address`,
      description:
        'For its owner. With somebody it is shared with already, what they may do changes. Whoever has the address, now or later, hears of it; what is answered does not tell whether somebody has.',
      auth: 'required',
      params,
      body: createShareBody,
      responses: { 200: share, 201: share },
      errors: [...errors, 'USER_NOT_FOUND', 'SHARE_WITH_OWNER', 'SHARE_LIMIT', 'SHARE_RATE'],
      idempotent: true,
    }),
    list: defineRoute({
      method: 'GET',
      path,
      summary: `Whom a ${what} is shared with; for those who may change it`,
      auth: 'required',
      params,
      query: z.strictObject({ ...page }),
      responses: { 200: listOf(share) },
      errors,
    }),
    update: defineRoute({
      method: 'PATCH',
      path: `${path}/:shareId`,
      summary: `Change what somebody may do with a ${what}`,
      auth: 'required',
      params: one,
      body: updateShareBody,
      responses: { 200: share },
      errors: [...errors, 'SHARE_NOT_FOUND'],
    }),
    remove: defineRoute({
      method: 'DELETE',
      path: `${path}/:shareId`,
      summary: `Stop sharing a ${what} with somebody, or leave one that is shared with me`,
      description: 'My own user id in place of the share leaves it.',
      auth: 'required',
      params: one,
      responses: { 204: null },
      errors: [...errors, 'SHARE_NOT_FOUND'],
    }),
  } as const;
}

const docId = z.object({ docId: id });
const ofDocuments = shareRoutes('document', {
  path: '/v1/docs/:docId/shares',
  params: docId,
  one: docId.extend({ shareId: id }),
  errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN'],
});

export const documentShareRoutes = {
  createDocumentShare: ofDocuments.create,
  listDocumentShares: ofDocuments.list,
  updateDocumentShare: ofDocuments.update,
  deleteDocumentShare: ofDocuments.remove,
} as const;

/** Whether two people share something, asked before one sees the other's profile. */
export const relationQuery = z.object({ viewerId: id, personId: id });
export const relation = z.object({ isShared: z.boolean() });
