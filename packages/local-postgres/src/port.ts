import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const fileIn = (dataDir: string) => join(dataDir, 'postgres.port');

/** The port of the last start, or null. It may be taken by now. */
export function savedPort(dataDir: string): number | null {
  if (!existsSync(fileIn(dataDir))) return null;
  const port = Number(readFileSync(fileIn(dataDir), 'utf8'));
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : null;
}

export function savePort(dataDir: string, port: number): void {
  writeFileSync(fileIn(dataDir), `${port}\n`);
}

/** A TCP port on 127.0.0.1 that nobody uses at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
