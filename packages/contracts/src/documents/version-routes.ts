import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, listOf } from '../fields.ts';
import * as s from './schemas.ts';

const params = z.object({ docId: id });

/** What a document was. For those who may write it: drafts are not meant for every reader. */
export const versionRoutes = {
  listDocumentVersions: defineRoute({
    method: 'GET',
    path: '/v1/docs/:docId/versions',
    summary: 'Every save of a document, latest first, without the texts',
    auth: 'required',
    params,
    query: s.listVersionsQuery,
    responses: { 200: listOf(s.documentVersion) },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN'],
  }),
  diffDocumentVersions: defineRoute({
    method: 'GET',
    path: '/v1/docs/:docId/versions/diff',
    summary: 'What changed between two versions, line by line',
    description: 'How lines end is not compared. Texts without much in common are shown as replaced.',
    auth: 'required',
    params,
    query: s.diffQuery,
    responses: { 200: s.documentDiff },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'VERSION_NOT_FOUND'],
  }),
  getDocumentVersion: defineRoute({
    method: 'GET',
    path: '/v1/docs/:docId/versions/:version',
    summary: 'A document as it was saved',
    auth: 'required',
    params: s.versionParams,
    responses: { 200: s.documentVersionFull },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'VERSION_NOT_FOUND'],
  }),
  restoreDocumentVersion: defineRoute({
    method: 'POST',
    path: '/v1/docs/:docId/versions/:version/restore',
    summary: 'Save title, text and tags as they were; what is there now stays a version',
    auth: 'required',
    params: s.versionParams,
    responses: { 200: s.document },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'VERSION_NOT_FOUND'],
    conditional: true,
  }),
} as const;
