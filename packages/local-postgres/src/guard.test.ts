import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { standsSignals } from './fixtures/harness.ts';
import { guardCommands, guardMessage } from './guard.ts';
import { isRunning } from './processes.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** A process that ends by the signal it gets, as PostgreSQL would. */
function fakeServer(): ChildProcess & { pid: number } {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  running.push(child);
  return child as ChildProcess & { pid: number };
}

function runGuard(name: keyof typeof guardCommands): ChildProcess {
  const [program, ...args] = guardCommands[name];
  const child = spawn(program, [...args, '/nowhere/pg_ctl', '/nowhere/data'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH },
  });
  running.push(child);
  return child;
}

for (const name of ['sh', 'node'] as const) {
  test(`${name}: the server that was named last is stopped when the pipe closes, and no other`, async () => {
    const [before, now] = [fakeServer(), fakeServer()];
    const guard = runGuard(name);
    guard.stdin?.write(guardMessage(before.pid));
    guard.stdin?.end(guardMessage(now.pid));
    const [[, signal], [code]] = await Promise.all([once(now, 'exit'), once(guard, 'exit')]);
    expect(signal).toBe('SIGINT');
    expect(code).toBe(0);
    expect(isRunning(before.pid)).toBe(true);
  });

  test.runIf(process.platform === 'linux')(
    `${name}: another program that was given the same process id is left alone`,
    async () => {
      const other = fakeServer();
      const guard = runGuard(name);
      guard.stdin?.end(guardMessage(other.pid).replace(/\d+\n/, '1\n'));
      expect(await once(guard, 'exit')).toEqual([0, null]);
      expect(isRunning(other.pid)).toBe(true);
    },
  );

  test(`${name}: where nothing tells when a process began, its id is enough`, async () => {
    const server = fakeServer();
    const guard = runGuard(name);
    const ended = once(server, 'exit');
    guard.stdin?.end(`${server.pid} -\n`);
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(await once(guard, 'exit')).toEqual([0, null]);
  });

  test.runIf(process.platform === 'linux')(
    `${name}: signals to the group of the application and a lost terminal do not end it`,
    async () => {
      const server = fakeServer();
      const guard = runGuard(name);
      guard.stdin?.write(guardMessage(server.pid));
      await expect.poll(() => standsSignals(guard.pid as number)).toBe(true);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) guard.kill(signal);
      guard.stdin?.end();
      expect((await once(server, 'exit'))[1]).toBe('SIGINT');
      expect(await once(guard, 'exit')).toEqual([0, null]);
    },
  );

  test(`${name}: it ends when there never was a server`, async () => {
    const guard = runGuard(name);
    guard.stdin?.end();
    expect(await once(guard, 'exit')).toEqual([0, null]);
  });
}
