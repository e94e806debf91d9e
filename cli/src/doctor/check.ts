import { explainStartError, safeMessage } from '@spacedly/kit';

/** What became of one thing that was tried. */
export interface Finding {
  name: string;
  /** `warning`: it works, and should be looked at. */
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** In plain words; with what to do, where something is wrong. */
  message: string;
  tookMs: number;
}

export type Outcome = Pick<Finding, 'status' | 'message'>;

export interface Check {
  name: string;
  /** @throws Error when what it tries does not work */
  run(signal: AbortSignal): Promise<Outcome>;
  /** Words for such an error; null for those that are usual. */
  explain?(error: unknown): string | null;
}

export const ok = (message: string): Outcome => ({ status: 'ok', message });
export const warning = (message: string): Outcome => ({ status: 'warning', message });
export const failed = (message: string): Outcome => ({ status: 'failed', message });
export const skipped = (message: string): Outcome => ({ status: 'skipped', message });

/** Tries one thing, for as long as it may take at most. */
export async function runCheck({ name, run, explain }: Check, limitMs: number): Promise<Finding> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(limitMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const outcome = await Promise.race([run(signal), late]).catch((error: unknown): Outcome => {
    if (error === signal.reason) return failed(explain?.(error) ?? `No answer within ${limitMs / 1_000} s.`);
    return failed(explain?.(error) ?? explainStartError(error) ?? safeMessage(error));
  });
  return { name, ...outcome, tookMs: Math.round(performance.now() - startedAt) };
}
