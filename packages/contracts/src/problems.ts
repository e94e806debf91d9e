import { z } from 'zod';
import { authProblems } from './auth/errors.ts';
import { documentProblems } from './documents/errors.ts';
import { notificationProblems } from './notifications/errors.ts';
import { peopleProblems } from './people/errors.ts';
import { taskProblems } from './tasks/errors.ts';

/** Status and title of each problem; the status of an error stands nowhere else. */
export type ProblemCatalogue = Readonly<Record<string, readonly [status: number, title: string]>>;

/** Problems any route may answer with. */
export const commonProblems = {
  VALIDATION_FAILED: [400, 'The request is not valid'],
  MALFORMED_REQUEST: [400, 'The request could not be read'],
  UNAUTHENTICATED: [401, 'You are not signed in'],
  FORBIDDEN: [403, 'You are not allowed to do this'],
  SCOPE_MISSING: [403, 'This token is not allowed to do this'],
  TOKEN_REFUSED: [403, 'This cannot be done with a personal access token'],
  CROSS_SITE_REQUEST: [403, 'This request came from another site'],
  NOT_FOUND: [404, 'There is nothing at this address'],
  REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
  PRECONDITION_FAILED: [412, 'It was changed in the meantime'],
  PAYLOAD_TOO_LARGE: [413, 'The request body is too large'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'This content type is not accepted'],
  IDEMPOTENCY_KEY_REUSED: [422, 'This Idempotency-Key was used for another request'],
  RATE_LIMITED: [429, 'Too many requests'],
  HEADERS_TOO_LARGE: [431, 'The request headers are too large'],
  INTERNAL: [500, 'Something went wrong on our side'],
  BAD_UPSTREAM: [502, 'The service gave no valid answer'],
  UNAVAILABLE: [503, 'The service is not available right now'],
  UPSTREAM_TIMEOUT: [504, 'The service did not answer in time'],
} as const satisfies ProblemCatalogue;

/** Every problem of the product; the documentation page lists them from here. */
export const problems = {
  ...commonProblems,
  ...authProblems,
  ...peopleProblems,
  ...taskProblems,
  ...documentProblems,
  ...notificationProblems,
} as const satisfies ProblemCatalogue;

export type ProblemCode = keyof typeof problems;

const PROBLEM_BASE = 'https://spacedly.dev/problems/';

/** `TASK_NOT_FOUND` → `https://spacedly.dev/problems/task-not-found`. */
export function problemType(code: ProblemCode): string {
  return PROBLEM_BASE + code.toLowerCase().replaceAll('_', '-');
}

/** The code behind a `type` URI, or null when it is not one of ours. */
export function problemCode(type: string): ProblemCode | null {
  if (!type.startsWith(PROBLEM_BASE)) return null;
  const code = type.slice(PROBLEM_BASE.length).toUpperCase().replaceAll('-', '_');
  return code in problems ? (code as ProblemCode) : null;
}

/** The body of every error answer: `application/problem+json`, RFC 9457. */
export const problemBody = z
  .object({
    type: z.string().meta({ example: 'https://spacedly.dev/problems/task-not-found' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

export type ProblemBody = z.infer<typeof problemBody>;
