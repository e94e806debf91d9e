import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FIXTURE = fileURLToPath(new URL('../fixtures/idle-process.ts', import.meta.url));

interface Line {
  event: 'filled' | 'idle' | 'collected';
  used: number;
  pauseMs: number;
}

/** What a process says until it has collected its garbage. */
async function untilCollected(busyMs: number): Promise<Line[]> {
  const child = spawn(process.execPath, [FIXTURE, String(busyMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      if (line.event === 'collected') break;
    }
    return lines;
  } finally {
    child.kill('SIGKILL');
  }
}

test('a process that has nothing to do gives back what only garbage takes, and not while it works', async () => {
  const lines = await untilCollected(1_000);
  expect(lines.map(({ event }) => event)).toEqual(['filled', 'idle', 'collected']);
  const [filled, , collected] = lines as [Line, Line, Line];
  expect(collected.used).toBeLessThan(filled.used / 2);
  expect(collected.pauseMs).toBeGreaterThanOrEqual(0);
}, 30_000);
