import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '@spacedly/kit';

type Pool = Platform['database']['pool'];

/** How long a function may have stood still before its connections are tried, in milliseconds. */
const PAUSE_MS = 5_000;
const ANSWER_MS = 1_000;

/** Lets go of connections that died while the function stood still: nobody was there to hear of it. */
async function dropDead(pool: Pool): Promise<void> {
  const idle = await Promise.all(
    Array.from({ length: pool.idleCount }, () => pool.connect().catch(() => null)),
  );
  const tryOne = async (client: NonNullable<(typeof idle)[number]>) => {
    const asked = client.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const late = delay(ANSWER_MS, false, { ref: false });
    client.release(!(await Promise.race([asked, late])));
  };
  await Promise.all(idle.map((client) => client && tryOne(client)));
}

/** @returns to be called before each request; does something after a pause only */
export function createReviver(pool: Pool): () => Promise<void> {
  let usedAt = Date.now();
  return async () => {
    const pausedMs = Date.now() - usedAt;
    usedAt = Date.now();
    if (pausedMs > PAUSE_MS) await dropDead(pool);
  };
}

/** Whether the password is another one by now: RDS changes those it manages every week. */
export async function isLockedOut(pool: Pool): Promise<boolean> {
  return pool.query('SELECT 1').then(
    () => false,
    (error: { code?: string }) => error.code === '28P01',
  );
}
