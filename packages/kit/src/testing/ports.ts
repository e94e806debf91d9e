import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what Linux, macOS and Windows give to outgoing connections: a port of that range which is free now may be the
 * near end of somebody's connection before its server is started, or started again.
 */
const FIRST = 11_000;
const LAST = 32_000;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const opened = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  const isOpen = await opened.then(
    () => true,
    () => false,
  );
  if (!isOpen) return false;
  server.close();
  await once(server, 'close');
  return true;
}

/** Different ports of 127.0.0.1 that nobody uses, for servers that must be started, or started again, at a known one. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(FIRST, LAST);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}
