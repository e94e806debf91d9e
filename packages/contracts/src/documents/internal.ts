import { defineRoute } from '../contract.ts';
import { relation, relationQuery } from './shares.ts';

/** What other services ask. */
export const documentInternalRoutes = {
  findDocumentRelation: defineRoute({
    method: 'GET',
    path: '/internal/documents/relation',
    summary: 'Whether two people share a document',
    auth: 'internal',
    query: relationQuery,
    responses: { 200: relation },
    errors: [],
  }),
} as const;
