import { closeSync, openSync } from 'node:fs';
import type { Logger } from '../log.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Ends the process once, with exit code 0 when all is done. */
function createEnd(stop: () => Promise<void>, log: Logger) {
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
  process.on('disconnect', () => begin('disconnect'));
  return { begin, isStopping: () => isStopping };
}

/**
 * Stops once when the process is asked to: by SIGTERM or SIGINT, or because the parent that holds its IPC channel
 * is gone. Exits 0 when all is done; a second signal exits at once with 128 + its number.
 */
export function stopOnSignals(stop: () => Promise<void>, log: Logger): void {
  const { begin, isStopping } = createEnd(stop, log);
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => (isStopping() ? process.exit(code) : begin(name)));
  }
  process.channel?.unref();
}

/**
 * The same for one of several processes, which hears from the one that watches over them when to stop or to read again what
 * may change. Signals of a terminal or a supervisor reach all of them, and would be a second one.
 */
export function obeyPrimary(stop: () => Promise<void>, reload: () => Promise<void>, log: Logger): void {
  const { begin } = createEnd(stop, log);
  for (const name of [...Object.keys(SIGNALS), 'SIGHUP']) process.on(name, () => {});
  process.on('message', (word) => {
    if (word === 'stop') begin(word);
    if (word !== 'reload') return;
    reload().catch((error) => log.error({ err: error }, 'could not read the configuration again'));
  });
}

/** Whether the terminal that a process was started in is still there; a process without one has none to lose. */
function hasLostTerminal(): boolean {
  if (!process.stdin.isTTY && !process.stdout.isTTY) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}

/**
 * Reads again on SIGHUP what may change while the process runs. The same signal says that the terminal was closed, which
 * stops the process, as it always has.
 */
export function reloadOnHangUp(reload: () => Promise<void>, log: Logger): void {
  let isLost = false;
  process.on('SIGHUP', () => {
    if (isLost) return;
    isLost = hasLostTerminal();
    // The terminal itself and whoever passes signals on may both say so; a second SIGTERM would mean "at once".
    if (isLost) process.kill(process.pid, 'SIGTERM');
    else reload().catch((error) => log.error({ err: error }, 'could not read the configuration again'));
  });
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
