import { type ProblemBody, type ProblemCode, problemCode, problems, problemType } from '@spacedly/contracts';

export interface ProblemOptions {
  /** Said to the caller; must hold no secret and no internals. */
  detail?: string;
  /** Logged for 5xx, never sent. */
  cause?: unknown;
  /** Field errors of a validation, `path` like `body.dueDate`. */
  errors?: { path: string; message: string }[];
  /** Whole seconds for `Retry-After`. */
  retryAfterSeconds?: number;
}

const FIELDS_IN_DETAIL = 3;

/** What stands in `detail` when nothing more was said: the first fields of a validation, else the title. */
function defaultDetail(code: ProblemCode, errors: ProblemOptions['errors'] = []): string {
  if (code !== 'VALIDATION_FAILED' || errors.length === 0) return problems[code][1];
  return errors
    .slice(0, FIELDS_IN_DETAIL)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('; ');
}

/** The one error class: a code from the catalogue plus what to say about it (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors: ProblemOptions['errors'];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? problems[code][1], { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return problems[this.code][0];
  }

  /** The body as it is sent. A 5xx says nothing beyond its title. */
  toBody(requestId: string): ProblemBody {
    const isServerFault = this.status >= 500;
    const title = problems[this.code][1];
    return {
      type: problemType(this.code),
      title,
      status: this.status,
      detail: isServerFault ? title : (this.detail ?? defaultDetail(this.code, this.errors)),
      requestId,
      ...(this.errors && !isServerFault && { errors: this.errors }),
    };
  }

  /** Turns an error answer of another service back into a Problem; what is not one of ours is UNAVAILABLE. */
  static fromBody(body: unknown, retryAfterSeconds?: number): Problem {
    const { type, detail, errors } = (body ?? {}) as Partial<ProblemBody>;
    const code = typeof type === 'string' ? problemCode(type) : null;
    if (code === null) return new Problem('UNAVAILABLE', { cause: body });
    return new Problem(code, {
      ...(detail !== undefined && { detail }),
      ...(errors && { errors }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
}
