import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, listOf } from '../fields.ts';
import * as s from './schemas.ts';

const params = z.object({ docId: id });
const one = params.extend({ commentId: id });
const path = '/v1/docs/:docId/comments';

export const commentRoutes = {
  listComments: defineRoute({
    method: 'GET',
    path,
    summary: 'What is said about a document, oldest first: each first comment with all its replies',
    auth: 'optional',
    params,
    query: s.listCommentsQuery,
    responses: { 200: listOf(s.comment) },
    errors: ['DOCUMENT_NOT_FOUND'],
  }),
  createComment: defineRoute({
    method: 'POST',
    path,
    summary: 'Say something about a document, or reply to a comment',
    description:
      'Replies go two levels deep. The owner of the document, the author of the comment replied to and up to 20 people named by `@username` hear of it, if they can see the document.',
    auth: 'required',
    params,
    body: s.createCommentBody,
    responses: { 201: s.comment },
    errors: [
      'DOCUMENT_NOT_FOUND',
      'DOCUMENT_FORBIDDEN',
      'COMMENT_NOT_FOUND',
      'COMMENT_TOO_DEEP',
      'COMMENT_LIMIT',
    ],
    idempotent: true,
  }),
  updateComment: defineRoute({
    method: 'PATCH',
    path: `${path}/:commentId`,
    summary: 'Change a comment of mine',
    auth: 'required',
    params: one,
    body: s.updateCommentBody,
    responses: { 200: s.comment },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'COMMENT_NOT_FOUND'],
    conditional: true,
  }),
  deleteComment: defineRoute({
    method: 'DELETE',
    path: `${path}/:commentId`,
    summary: 'Delete a comment of mine, or any about a document of mine',
    description:
      'One with replies leaves its place, without its text and author, until the last reply is gone.',
    auth: 'required',
    params: one,
    responses: { 204: null },
    errors: ['DOCUMENT_NOT_FOUND', 'DOCUMENT_FORBIDDEN', 'COMMENT_NOT_FOUND'],
    conditional: true,
  }),
} as const;
