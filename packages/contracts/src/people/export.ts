import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id } from '../fields.ts';
import { exportPage, exportQuery } from './schemas.ts';

/** The internal route by which a service tells what it keeps about a person, for the archive they can ask for. */
export function exportRoute<const P extends `/internal/${string}/export/:userId`>(path: P) {
  return defineRoute({
    method: 'GET',
    path,
    summary: 'What this service knows about a person, page by page',
    auth: 'internal',
    params: z.object({ userId: id }),
    query: exportQuery,
    responses: { 200: exportPage },
    errors: [],
  });
}
