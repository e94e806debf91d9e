import type { BackgroundWork, Logger } from '@spacedly/kit';
import { type KeyDeps, rotateKeys } from './service.ts';

const HOUR_MS = 3_600_000;

/** Looks hourly, and at the start, whether the signing key is 90 days old; several instances make one key. */
export function keyRotation(deps: KeyDeps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    const made = await rotateKeys(deps, 'due');
    if (made !== null) log.info({ kid: made.kid, signsFrom: made.signsFrom }, 'made a new signing key');
  };
  const tell = (error: unknown) => log.warn({ err: error }, 'rotating the signing key failed');
  return {
    async start() {
      await run().catch(tell);
      timer = setInterval(() => run().catch(tell), HOUR_MS).unref();
    },
    async stop() {
      clearInterval(timer);
    },
  };
}
