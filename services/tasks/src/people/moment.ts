import type { TasksDeps } from '../deps.ts';

/** Now, and the zone in which the person counts their days. Network I/O: ask before a transaction, not inside one. */
export async function momentOf(
  { zones, now }: Pick<TasksDeps, 'zones' | 'now'>,
  userId: string,
): Promise<{ now: Date; timeZone: string }> {
  return { timeZone: await zones.of(userId), now: now() };
}
