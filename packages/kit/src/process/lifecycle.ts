import type { Logger } from '../log.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Stops once when the process is asked to: by SIGTERM or SIGINT, or because the parent that holds its IPC channel
 * is gone. Exits 0 when all is done; a second signal exits at once with 128 + its number.
 */
export function stopOnSignals(stop: () => Promise<void>, log: Logger): void {
  let isStopping = false;
  const begin = (why: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error) => {
        log.fatal({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => (isStopping ? process.exit(code) : begin(name)));
  }
  process.on('disconnect', () => begin('disconnect'));
  process.channel?.unref();
}

/** What nobody caught leaves unknown state behind: it is logged, and the process ends for its supervisor to restart. */
export function exitOnFatalErrors(log: Logger): void {
  const fatal = (error: unknown) => {
    log.fatal({ err: error }, 'a fault nobody handled');
    process.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
}
