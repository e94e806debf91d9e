/** Measures the time somebody looks at something: it can be stopped while they look away. */
export interface Stopwatch {
  /** Begins anew at zero. */
  restart(): void;
  pause(): void;
  resume(): void;
  elapsedMs(): number;
}

/** @param now milliseconds of a clock that never goes back */
export function createStopwatch(now: () => number): Stopwatch {
  let kept = 0;
  let since: number | null = now();
  const running = () => (since === null ? 0 : now() - since);
  return {
    restart() {
      kept = 0;
      since = now();
    },
    pause() {
      kept += running();
      since = null;
    },
    resume() {
      since ??= now();
    },
    elapsedMs: () => Math.round(kept + running()),
  };
}
