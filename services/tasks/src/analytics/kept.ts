import { createHash } from 'node:crypto';
import { DAY_MS } from '../people/days.ts';

/** A person, and the moment at which they ask. */
export interface Moment {
  userId: string;
  timeZone: string;
  now: Date;
  /** In that zone. */
  today: string;
}

export interface Reckoned {
  body: unknown;
  /** Of what it was made of, read in the same statement. */
  version: string;
  /** When time alone makes another answer of it, in milliseconds since the epoch; midnight makes one of any. */
  untilMs: number | null;
}

/** An answer as it is sent, with its entity tag. */
export interface Told {
  text: string;
  etag: string;
}

interface Kept extends Told {
  version: string;
  timeZone: string;
  today: string;
  fromMs: number;
  untilMs: number;
  sizeBytes: number;
}

interface Options {
  /** Memory for answers; with 0 none is kept. */
  maxBytes: number;
  /** The version of what an answer would be made of now; undefined where it has to be made anew in any case. */
  findVersion(person: { userId: string; timeZone: string }): Promise<string | undefined>;
}

/** What an answer takes beside its text: its key, its tag and the entry itself. */
const OVERHEAD_BYTES = 500;

/** Nothing that time changes has changed since: not the day, nor which reminders are to come. */
const isOf = ({ timeZone, today, fromMs, untilMs }: Kept, moment: Moment) => {
  const nowMs = moment.now.getTime();
  return timeZone === moment.timeZone && today === moment.today && fromMs <= nowMs && nowMs < untilMs;
};

/**
 * Keeps answers and sends them again while nothing changed. Whether something did is read from the database each time,
 * so that it does not matter who changed it, in which process, or by SQL.
 * @returns asks for an answer by the name of the question, and has it made where none is kept
 */
export function createKept({ maxBytes, findVersion }: Options) {
  /** The one that was asked for longest ago comes first. */
  const kept = new Map<string, Kept>();
  let sizeBytes = 0;

  function drop(key: string): void {
    sizeBytes -= kept.get(key)?.sizeBytes ?? 0;
    kept.delete(key);
  }

  function keep(key: string, answer: Kept): void {
    drop(key);
    kept.set(key, answer);
    sizeBytes += answer.sizeBytes;
    // Those of yesterday go as well, so that nothing stays for long of people who are gone.
    for (const [oldest, { untilMs }] of kept) {
      if (sizeBytes <= maxBytes && answer.fromMs < untilMs) return;
      drop(oldest);
    }
  }

  return async (
    name: string,
    moment: Moment,
    reckon: (moment: Moment) => Promise<Reckoned>,
  ): Promise<Told> => {
    const key = `${moment.userId} ${name}`;
    const known = kept.get(key);
    if (known !== undefined && isOf(known, moment) && (await findVersion(moment)) === known.version) {
      if (kept.delete(key)) kept.set(key, known);
      return known;
    }
    const { body, version, untilMs } = await reckon(moment);
    const text = JSON.stringify(body);
    // Two people at one browser share its cache, so the tag is a person's own.
    const digest = createHash('sha256').update(`${key}\n${text}`).digest('base64url');
    const told = { text, etag: `W/"${digest.slice(0, 22)}"` };
    if (maxBytes === 0) return told;
    const { timeZone, today } = moment;
    const fromMs = moment.now.getTime();
    const midnightMs = (Math.floor(fromMs / DAY_MS) + 1) * DAY_MS;
    keep(key, {
      ...told,
      version,
      timeZone,
      today,
      fromMs,
      untilMs: Math.min(untilMs ?? midnightMs, midnightMs),
      sizeBytes: Buffer.byteLength(text) + OVERHEAD_BYTES,
    });
    return told;
  };
}
