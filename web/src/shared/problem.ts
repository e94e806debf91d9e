import type { components } from './api.gen.ts';
import { problemWords, sentenceWords } from './server-words.ts';
import { texts } from './texts.ts';

type ProblemBody = components['schemas']['Problem'];

const PROBLEM_BASE = 'https://spacedly.dev/problems/';

/** An answer of the server that is not a success, or no answer at all (status 0), in the person's language. RFC 9457. */
export class Problem extends Error {
  readonly status: number;
  /** The last part of the problem's `type`, for example `task-not-found`; `unreachable` without an answer. */
  readonly slug: string;
  readonly errors: readonly { path: string; message: string }[];
  readonly requestId: string | null;
  /** Seconds the server asks to wait, from `Retry-After`. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: Partial<ProblemBody>, retryAfterSeconds: number | null = null) {
    const slug = body.type?.startsWith(PROBLEM_BASE) ? body.type.slice(PROBLEM_BASE.length) : 'unknown';
    const detail = body.detail && sentenceWords(body.detail);
    super(detail || problemWords(slug) || body.detail || body.title || texts.errors.unexpected);
    this.name = 'Problem';
    this.status = status;
    this.slug = slug;
    this.errors = (body.errors ?? []).map(({ path, message }) => ({
      path,
      message: sentenceWords(message) ?? problemWords('validation-failed') ?? message,
    }));
    this.requestId = body.requestId ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The problem for a request that got no answer. */
export function unreachable(): Problem {
  return new Problem(0, { type: `${PROBLEM_BASE}unreachable`, detail: texts.errors.unreachable });
}

function isProblemBody(value: unknown): value is Partial<ProblemBody> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Turns an error answer into a `Problem`, whatever its body is. */
export function toProblem(response: Response, body: unknown): Problem {
  const header = response.headers.get('retry-after');
  const seconds = header === null ? Number.NaN : Number(header);
  return new Problem(
    response.status,
    isProblemBody(body) ? body : {},
    Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null,
  );
}

/** What to tell a person about any thrown value. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Problem)) return texts.errors.unexpected;
  if (error.retryAfterSeconds !== null && error.status === 429) {
    return `${error.message}. ${texts.errors.tryAgainIn(error.retryAfterSeconds)}`.replace('..', '.');
  }
  // The detail of a validation names the fields by their paths, which is for programs.
  if (error.slug === 'validation-failed' && error.errors.length > 0) {
    return error.errors.map(({ message }) => message).join(' ');
  }
  return error.message;
}

/** `body.labels.2` → `labels`; `query.limit` → null: only the body has fields in a form. */
function fieldOf(path: string): string | null {
  const [where, field] = path.split('.');
  return where === 'body' && field ? field : null;
}

/**
 * The server's field errors by form field, and what is left for the head of the form.
 * `fields` maps the API's names to the form's where they differ; a name that is not in it has no field in the form.
 */
export function formErrors(
  error: unknown,
  fields: Readonly<Record<string, string>>,
): { byField: Record<string, string>; rest: string | null } {
  const byField: Record<string, string> = {};
  const unplaced: string[] = [];
  const errors = error instanceof Problem ? error.errors : [];
  for (const { path, message } of errors) {
    const name = fieldOf(path);
    const field = name === null ? undefined : fields[name];
    if (field === undefined) unplaced.push(message);
    else byField[field] ??= message;
  }
  const placed = Object.keys(byField).length > 0;
  if (unplaced.length > 0) return { byField, rest: unplaced.join(' ') };
  return { byField, rest: placed ? null : messageOf(error) };
}
