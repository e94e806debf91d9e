import type { TasksDeps } from '../deps.ts';

/** Now, and the zone in which the person counts their days, asked for only where it matters. */
export interface Clock {
  now: Date;
  /** @throws ZoneNeeded where it is not known yet */
  timeZone(): string;
}

/** Says that a decision needs the person's zone: it is asked for, and the decision made again. */
export class ZoneNeeded extends Error {
  constructor() {
    super('this decision needs the zone of the person');
    this.name = 'ZoneNeeded';
  }
}

const unknownZone = (): string => {
  throw new ZoneNeeded();
};

/**
 * Runs a transaction that may turn out to need the person's zone. Asking for it is network I/O, which has no place
 * inside a transaction, and most changes never need it: so the first run goes without, and only one that asks is
 * rolled back and run again.
 */
export async function withZone<T>(
  { zones, now }: Pick<TasksDeps, 'zones' | 'now'>,
  userId: string,
  run: (clock: Clock) => Promise<T>,
): Promise<T> {
  try {
    return await run({ now: now(), timeZone: unknownZone });
  } catch (error) {
    if (!(error instanceof ZoneNeeded)) throw error;
    const timeZone = await zones.of(userId);
    return run({ now: now(), timeZone: () => timeZone });
  }
}
