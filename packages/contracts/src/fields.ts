import { z } from 'zod';

/** Earliest and latest instants we store; both fit PostgreSQL and JavaScript with room to spare. */
const MIN_INSTANT = Date.UTC(1900, 0, 1);
const MAX_INSTANT = Date.UTC(9999, 11, 31);

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what we look for; PostgreSQL cannot store it.
const NUL = /\u0000/;

/** What any column and byte stream can hold. */
export const isStorable = (value: string): boolean => value.isWellFormed() && !NUL.test(value);

/**
 * Text as people type it, kept unchanged. Refused: NUL and lone surrogates, which no database column or UTF-8
 * byte stream can hold. Lengths are in Unicode code points.
 */
export function text(options: { min?: number; max: number }) {
  const { min = 0, max } = options;
  return z
    .string()
    .max(max * 2, `Must be at most ${max} characters`)
    .refine(isStorable, 'Contains characters that cannot be stored')
    .refine((value) => [...value].length <= max, `Must be at most ${max} characters`)
    .refine((value) => min === 0 || [...value.trim()].length >= min, `Must have at least ${min} characters`)
    .meta({ minLength: min, maxLength: max });
}

/** A UUID of any version; ours are UUIDv7. */
export const id = z
  .uuid({ error: 'Must be a UUID' })
  .meta({ example: '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10' });

/** An RFC 3339 instant with an offset or `Z`, years 1900–9999, given back in UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Must be an RFC 3339 instant, for example 2026-12-09T09:00:00.000Z' })
  .transform((value, context) => {
    const time = Date.parse(value);
    if (Number.isNaN(time) || time < MIN_INSTANT || time > MAX_INSTANT) {
      context.addIssue({ code: 'custom', message: 'Must be an instant between the years 1900 and 9999' });
      return z.NEVER;
    }
    return new Date(time).toISOString();
  })
  .meta({ example: '2026-12-09T09:00:00.000Z' });

/** An instant as we send it. */
export const instantOut = z.iso.datetime().meta({ example: '2026-12-09T09:00:00.000Z' });

/** A calendar day, `YYYY-MM-DD`, years 1900–9999. */
export const day = z.iso
  .date('Must be a calendar day, for example 2026-12-09')
  .refine((value) => value >= '1900-01-01', 'Must be a day between the years 1900 and 9999')
  .meta({ example: '2026-12-09' });

const knownZones = new Map<string, boolean>();

function isTimeZone(zone: string): boolean {
  const known = knownZones.get(zone);
  if (known !== undefined) return known;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    valid = false;
  }
  if (valid) knownZones.set(zone, true);
  return valid;
}

/** An IANA time zone name. Offsets such as `+02:00` are not names: they know no daylight saving. */
export const timeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'Must be an IANA time zone, for example Europe/Berlin')
  .refine(isTimeZone, 'Must be an IANA time zone, for example Europe/Berlin')
  .meta({ example: 'Europe/Berlin' });

/** An e-mail address: trimmed, otherwise kept as typed; compared without regard to case. */
export const email = z
  .string()
  .trim()
  .max(254, 'Must be at most 254 characters')
  .pipe(z.email('Must be an e-mail address'))
  .meta({ example: 'ada@example.com', format: 'email' });

/** A phone number in E.164. */
export const phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'Must be a phone number like +14155550123')
  .meta({ example: '+14155550123' });

/** A browser or app by what it calls itself. */
export const client = {
  device: z.string().meta({
    description:
      '"Firefox on Linux", or what the client calls itself. "Unknown device" where it says nothing',
  }),
  browser: z.string().nullable().meta({ description: 'Such as Firefox, where it is known' }),
  os: z.string().nullable().meta({ description: 'Such as Linux, where it is known' }),
};

/** An absolute http or https address. */
export const webLink = z
  .string()
  .max(2_000)
  .refine((value) => {
    if (!value.isWellFormed()) return false;
    const url = URL.parse(value);
    return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  }, 'Must be an http or https address')
  .meta({ example: 'https://example.com/graphs', format: 'uri' });

/** The query of every list: `limit` 1–100 (default 50) and an opaque `cursor`. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).default(50).meta({ description: 'Rows a page, 1–100' }),
  cursor: z.string().max(500).optional().meta({ description: '`nextCursor` of the page before' }),
};

/** `"1"`, `"true"` → true; `"0"`, `"false"` → false. */
export const flag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true');

/** `{items, nextCursor}`: the answer of every list. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Refuses an update that changes nothing, which is nearly always a mistake of the caller. */
export function notEmpty<T extends z.ZodType>(schema: T) {
  return schema.refine(
    (value) => Object.keys(value as object).length > 0,
    'Give at least one field to change',
  );
}
