import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectSignals, type Signals } from '../events/signals.ts';
import { connectDeafSignals } from '../events/signals-deaf.ts';
import { createLogger } from '../log.ts';
import type { Platform } from '../platform.ts';
import { testPlatform, waitFor } from '../testing/index.ts';
import { createDenyList, DENIED_CHANNEL, type DeniedSession } from './deny-list.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const log = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const until = Math.ceil(Date.now() / 1_000) + 900;
const kill = () =>
  platform.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'spacedly signals' AND datname = current_database()`,
  );
const connect = (): Promise<Signals> =>
  connectSignals(platform.config.DATABASE_URL as string, platform.database.pool, log);

test('a session that ends while the feed is lost is refused within a second', async () => {
  const signals = await connect();
  const list: DeniedSession[] = [];
  const denyList = await createDenyList(signals, async () => [...list], log);
  expect(await denyList.isDenied('s1')).toBe(false);
  // The feed is cut again and again, so that it is surely down when the session ends and no signal is heard.
  for (let round = 0; round < 5; round += 1) {
    await kill();
    const sessionId = `s-${round}`;
    list.push({ sessionId, until });
    await waitFor(async () => denyList.isDenied(sessionId), 1_000, 'the refusal');
  }
  await waitFor(() => signals.isConnected, 5_000, 'the feed');
  await waitFor(async () => denyList.isDenied('s-0'), 1_000);
  await signals.close();
});

test('with the feed the answer comes from memory; a signal is enough', async () => {
  const signals = await connect();
  let reads = 0;
  const read = async () => {
    reads += 1;
    return [];
  };
  const denyList = await createDenyList(signals, read, log);
  await denyList.isDenied('x');
  const readsBefore = reads;
  for (let asked = 0; asked < 1_000; asked += 1) expect(await denyList.isDenied('x')).toBe(false);
  await signals.publish(DENIED_CHANNEL, `x ${until}`);
  await waitFor(async () => denyList.isDenied('x'), 1_000);
  expect(reads).toBe(readsBefore);
  await signals.close();
});

test('what committed before an answer is known to the next question', async () => {
  const signals = await connect();
  const denyList = await createDenyList(signals, async () => [], log);
  await denyList.isDenied('first');
  for (let round = 0; round < 200; round += 1) {
    await platform.database.pool.query('SELECT pg_notify($1, $2)', [DENIED_CHANNEL, `r-${round} ${until}`]);
    denyList.expectSignals();
    expect(await denyList.isDenied(`r-${round}`)).toBe(true);
  }
  await signals.close();
});

/** Signals whose connection the test cuts and restores. */
function switchedSignals() {
  let restored: (() => void) | undefined;
  const signals = {
    isConnected: true,
    publish: async () => {},
    subscribe: async (_channel: string, _onPayload: unknown, onRestored?: () => void) => {
      restored = onRestored;
      return () => {};
    },
    settle: async () => {},
    holdLock: async () => {},
    close: async () => {},
  };
  return { signals, restore: () => restored?.() };
}

test('a list read before the feed came back is not the one to trust', async () => {
  const { signals, restore } = switchedSignals();
  let answer: (list: DeniedSession[]) => void = () => {};
  let fails = false;
  const read = () => {
    if (fails) return Promise.reject(new Error('the auth service does not answer'));
    return new Promise<DeniedSession[]>((resolve) => {
      answer = resolve;
    });
  };
  const denyList = await createDenyList(signals, read, log);
  const early = Promise.resolve(denyList.isDenied('s'));
  const answerEarly = answer;
  // The feed comes back while the first list is on its way, and the second cannot be read.
  fails = true;
  restore();
  answerEarly([]);
  expect(await early).toBe(false);
  await new Promise((resolve) => setImmediate(resolve));
  fails = false;
  // Past the half second in which a list is used again; then it is asked for, as none was read since.
  const asked = waitFor(async () => {
    const denied = denyList.isDenied('s');
    if (denied instanceof Promise) {
      answer([{ sessionId: 's', until }]);
      return denied;
    }
    return denied;
  }, 2_000);
  expect(await asked).toBe(true);
});

test('while the list cannot be read, nobody is let in on what memory says', async () => {
  const { signals } = switchedSignals();
  signals.isConnected = false;
  const denyList = await createDenyList(signals, () => Promise.reject(new Error('down')), log);
  await expect(denyList.isDenied('s')).rejects.toThrow('down');
});

test('a process that hears no signals asks for each request, and one of its own is heard at once', async () => {
  const signals = await connectDeafSignals('', platform.database.pool);
  const list: DeniedSession[] = [];
  let reads = 0;
  const denyList = await createDenyList(
    signals,
    async () => {
      reads += 1;
      return [...list];
    },
    log,
  );
  expect(await denyList.isDenied('s1')).toBe(false);
  list.push({ sessionId: 's1', until });
  expect(await denyList.isDenied('s1')).toBe(true);
  expect(reads).toBe(2);
  await signals.publish(DENIED_CHANNEL, `s2 ${until}`);
  list.splice(0);
  expect(await denyList.isDenied('s2')).toBe(true);
  await expect(signals.holdLock(1, 1)).rejects.toThrow();
  await signals.close();
});
