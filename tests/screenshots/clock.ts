import { mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The moment of the pictures: a Wednesday morning in Berlin. */
export const NOW = '2026-12-02T08:20:00.000Z';
export const ZONE = 'Europe/Berlin';
const DAY_MS = 86_400_000;

/** The day so many days from that of the pictures, as YYYY-MM-DD. */
export function day(offset: number): string {
  return new Date(Date.parse(NOW) + offset * DAY_MS).toISOString().slice(0, 10);
}

/** A moment by the clocks of Berlin in winter. */
export const at = (offset: number, time: string): string => `${day(offset)}T${time}:00.000+01:00`;

/** The clock of the product, which can be set. */
export interface Clock {
  /** What the product's process has to be started with. */
  settings: Record<string, string>;
  set(moment: string): Promise<void>;
}

export async function createClock(): Promise<Clock> {
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-clock-'));
  const file = join(folder, 'clock');
  const set = async (moment: string) => {
    // In one step, so that nobody reads half a moment.
    await writeFile(`${file}.new`, new Date(moment).toISOString());
    await rename(`${file}.new`, file);
  };
  await set(NOW);
  const preload = new URL('clock-preload.ts', import.meta.url).href;
  return { settings: { NODE_OPTIONS: `--import=${preload}`, PICTURE_CLOCK: file }, set };
}
