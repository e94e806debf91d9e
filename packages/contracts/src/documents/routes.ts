import { z } from 'zod';
import { defineRoute, type ServiceContract } from '../contract.ts';
import { id } from '../fields.ts';
import * as s from './schemas.ts';

const params = z.object({ docId: id });

export const documentsRoutes = {
  createDocument: defineRoute({
    method: 'POST',
    path: '/v1/docs',
    summary: 'Write a document',
    auth: 'required',
    body: s.createDocumentBody,
    responses: { 201: s.document },
    errors: [],
    idempotent: true,
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
} as const;

export const documentsContract = {
  name: 'documents',
  prefixes: ['/v1/docs'],
  routes: documentsRoutes,
} as const satisfies ServiceContract;
