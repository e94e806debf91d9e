import { setTimeout as delay } from 'node:timers/promises';
import type { Load, Measured } from './load.ts';
import { median } from './rounds.ts';

/** Does one thing and waits for its answer. @throws Error when the answer is not what it should be */
export type Ask = () => Promise<void>;

export interface Get {
  url: string;
  headers?: Record<string, string>;
}

/** One after another, and the first again after the last. */
export function inTurn(asks: readonly Ask[]): Ask {
  let turn = 0;
  return async () => {
    const ask = asks[turn] as Ask;
    turn = (turn + 1) % asks.length;
    await ask();
  };
}

/** Asks for one page after another. */
export function asking(pages: readonly Get[]): Ask {
  return inTurn(
    pages.map(({ url, headers = {} }) => async () => {
      const answer = await fetch(url, { headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    }),
  );
}

/** One request after another, resting in between where asked to. @returns how long each took, milliseconds, sorted */
export async function timesOf(ask: Ask, seconds: number, restMs = 0): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
    if (restMs > 0) await delay(restMs);
  }
  return times.toSorted((a, b) => a - b);
}

export const p99 = (sorted: readonly number[]) => sorted[Math.floor(sorted.length * 0.99)] as number;

/** What `load` does, for what takes more than one request again and again: as many clients as there are asks. */
export function clients(asks: readonly Ask[]): (settings: Load) => Promise<Measured> {
  return async ({ seconds }) => {
    const began = performance.now();
    const all = await Promise.all(asks.map((ask) => timesOf(ask, seconds)));
    const times = all.flat().toSorted((a, b) => a - b);
    const tookSeconds = (performance.now() - began) / 1_000;
    return {
      requests: times.length,
      perSecond: times.length / tookSeconds,
      p50: median(times),
      p99: p99(times),
      failed: 0,
    };
  };
}
