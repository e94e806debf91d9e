import { z } from 'zod';
import { defineRoute, type ServiceContract } from '../contract.ts';
import { id, listOf } from '../fields.ts';
import { exportRoute } from '../people/export.ts';
import { commentRoutes } from './comment-routes.ts';
import { documentInternalRoutes } from './internal.ts';
import * as s from './schemas.ts';
import { searchHit, searchQuery } from './search.ts';
import { documentShareRoutes } from './shares.ts';
import { versionRoutes } from './version-routes.ts';

const params = z.object({ docId: id });

export const documentsRoutes = {
  createDocument: defineRoute({
    method: 'POST',
    path: '/v1/docs',
    summary: 'Write a document',
    auth: 'required',
    body: s.createDocumentBody,
    maxBodyBytes: s.DOCUMENT_BODY_BYTES,
    responses: { 201: s.document },
    errors: ['DEPARTMENT_NOT_YOURS'],
    idempotent: true,
  }),
  listDocuments: defineRoute({
    method: 'GET',
    path: '/v1/docs',
    summary: 'Documents without their text, last changed first',
    description: 'Mine, those shared with me, and those of my department where I am an editor.',
    auth: 'required',
    query: s.listDocumentsQuery,
    responses: { 200: listOf(s.documentSummary) },
    errors: [],
  }),
  getDocument: defineRoute({
    method: 'GET',
    path: '/v1/docs/:docId',
    summary: 'One document with its text; a public one without an account too',
    auth: 'optional',
    params,
    responses: { 200: s.document },
    errors: ['DOCUMENT_NOT_FOUND'],
    conditional: true,
  }),
  updateDocument: defineRoute({
    method: 'PATCH',
    path: '/v1/docs/:docId',
    summary: 'Change a document; every change is a new version',
    description: 'Visibility and department are the business of its owner.',
    auth: 'required',
    params,
    body: s.updateDocumentBody,
    maxBodyBytes: s.DOCUMENT_BODY_BYTES,
    responses: { 200: s.document },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'DEPARTMENT_NOT_YOURS'],
    conditional: true,
  }),
  deleteDocument: defineRoute({
    method: 'DELETE',
    path: '/v1/docs/:docId',
    summary: 'Put a document in the bin, from which it can be restored for 30 days',
    auth: 'required',
    params,
    responses: { 204: null },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN'],
    conditional: true,
  }),
  restoreDocument: defineRoute({
    method: 'POST',
    path: '/v1/docs/:docId/restore',
    summary: 'Take a document out of the bin',
    auth: 'required',
    params,
    responses: { 200: s.document },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'DOCUMENT_NOT_DELETED'],
    conditional: true,
  }),
  ...versionRoutes,
  ...documentShareRoutes,
  ...commentRoutes,
  ...documentInternalRoutes,
  exportDocumentData: exportRoute('/internal/documents/export/:userId'),
  search: defineRoute({
    method: 'GET',
    path: '/v1/search',
    summary:
      'Find words in tasks, documents and comments that I may see, the best first; without an account in public documents',
    description:
      'Title counts more than tags, and they more than text. The best of the newest 200 that are found in documents and comments, and of the newest 500 tasks. Where nothing says the words, titles that say nearly the same are found.',
    auth: 'optional',
    query: searchQuery,
    responses: { 200: listOf(searchHit) },
    errors: [],
  }),
} as const;

export const documentsContract = {
  name: 'documents',
  prefixes: ['/v1/docs', '/v1/search'],
  routes: documentsRoutes,
} as const satisfies ServiceContract;
