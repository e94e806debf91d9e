import { readFileSync, statSync } from 'node:fs';

/**
 * Loaded before the product in its process: `Date` tells the time that the file at PICTURE_CLOCK says, and goes on from
 * there. Only `Date` is changed; timers and PostgreSQL keep the machine's.
 */
const file = process.env.PICTURE_CLOCK ?? '';
const RealDate = Date;
const REREAD_MS = 2;

let base = 0;
let setAt = 0;
let readAt = -REREAD_MS;

function now(): number {
  const at = performance.now();
  if (at - readAt >= REREAD_MS) {
    base = RealDate.parse(readFileSync(file, 'utf8'));
    setAt = statSync(file).mtimeMs;
    readAt = at;
  }
  return Math.round(base + RealDate.now() - setAt);
}

class SetDate extends RealDate {
  constructor(...args: [] | [number]) {
    if (args.length === 0) super(now());
    else super(...args);
  }

  static override now(): number {
    return now();
  }
}

globalThis.Date = SetDate as DateConstructor;
