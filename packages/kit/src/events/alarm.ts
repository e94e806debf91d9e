/** A sleep that can be cut short. A ring while nobody sleeps ends the next sleep at once, unless `reset` forgets it. */
export interface Alarm {
  sleep(ms: number): Promise<void>;
  ring(): void;
  /** Forgets earlier rings: whoever calls it looks at the world afterwards. */
  reset(): void;
}

export function createAlarm(): Alarm {
  let hasRung = false;
  let end: (() => void) | null = null;
  return {
    async sleep(ms) {
      if (hasRung) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      end = null;
    },
    ring() {
      hasRung = true;
      end?.();
    },
    reset() {
      hasRung = false;
    },
  };
}
