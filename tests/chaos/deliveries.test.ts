import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { DELIVERY_QUEUE, newId, type Platform } from '@spacedly/kit';
import { createTestDatabase, type TestDatabase, testPlatform, waitFor } from '@spacedly/kit/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Provider } from '../../services/notifications/src/delivery/provider.ts';
import { createDelivery } from '../../services/notifications/src/delivery/service.ts';
import { insertDeliveries } from '../../services/notifications/src/fanout/store.ts';
import { startSmtp, type TestSmtp } from '../../services/notifications/src/fixtures/smtp-server.ts';
import { createLinks } from '../../services/notifications/src/links/make.ts';
import { createProviders } from '../../services/notifications/src/providers/index.ts';
import { createSmtp } from '../../services/notifications/src/providers/smtp.ts';

let smtp: TestSmtp;
beforeAll(async () => {
  smtp = await startSmtp();
});
afterAll(() => smtp.close());

/** How often the server took a delivery, by its key. */
const takenOf = (id: string) =>
  smtp.received.filter(({ messageId }) => messageId?.startsWith(`<${id}@`)).length;

const SEAMS = ['claim', 'render', 'send', 'record', 'settle'] as const;
type Seam = (typeof SEAMS)[number];

class Killed extends Error {}

/** Numbers that look random and are the same in each run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('a worker that dies between two steps', () => {
  let platform: Platform;
  let mail: Provider;
  beforeAll(async () => {
    platform = await testPlatform();
    const { PUBLIC_URL } = platform.config;
    const SMTP_URL = `smtp://127.0.0.1:${smtp.port}`;
    mail = createSmtp({ SMTP_URL, SMTP_REQUIRE_TLS: false, MAIL_FROM: 'plan@example.com', PUBLIC_URL });
  });
  afterAll(async () => {
    mail.close?.();
    await platform.close();
  });

  async function newDelivery(n: number): Promise<string> {
    const address = `crash${n}@example.com`;
    const draft = {
      eventId: newId(),
      recipient: address,
      userId: null,
      reminderId: null,
      subscriptionId: null,
    };
    const about = { channel: 'email', type: 'security', address, locale: 'en', timeZone: 'UTC' } as const;
    const message = { kind: 'address-taken' } as const;
    const [row] = await insertDeliveries(platform.database.db, [{ ...draft, ...about, message }], new Date());
    return row?.id as string;
  }

  /** Runs a job in a process that dies at the seam: everything from there on is lost. */
  async function runAndDie(deliveryId: string, seam: Seam | null): Promise<void> {
    const dieAt = (here: Seam) => {
      if (seam === here) throw new Killed(here);
    };
    const { database, config } = platform;
    const db = new Proxy(database.db, {
      get(target, property, receiver) {
        const value = Reflect.get(target, property, receiver);
        // Reading the delivery is a select, writing down how it went an execute.
        if (property === 'select') dieAt('claim');
        if (property === 'execute') dieAt('record');
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const dying = {
      ...platform,
      database: { ...database, db },
      config: new Proxy(config, {
        get(target, property) {
          if (property === 'PUBLIC_URL') dieAt('render');
          return Reflect.get(target, property);
        },
      }),
    };
    // What a provider throws is handled as its failure; death is handled by nobody.
    const death = Promise.withResolvers<never>();
    const provider: Provider = {
      ...mail,
      send(message) {
        if (seam !== 'send') return mail.send(message);
        death.reject(new Killed('send'));
        return new Promise(() => {});
      },
    };
    const links = createLinks(platform);
    const deliver = createDelivery(dying, createProviders([provider], []), links);
    await Promise.race([deliver({ deliveryId }), death.promise]);
    dieAt('settle');
  }

  test('500 messages, each killed up to three times: none is lost, none repeated but for a lost record', async () => {
    const random = createRandom(20_261_209);
    let kills = 0;
    let repeats = 0;
    for (let n = 0; n < 500; n++) {
      const id = await newDelivery(n);
      const plan = Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => SEAMS[Math.floor(random() * SEAMS.length)] as Seam,
      );
      let lostRecords = 0;
      for (const seam of [...plan, null]) {
        const before = takenOf(id);
        await runAndDie(id, seam).catch((error) => {
          // The batch turns what happens in it into its own error; the seam is in its words.
          if (!SEAMS.some((one) => String(error.message).includes(one))) throw error;
          kills += 1;
        });
        if (seam === 'record' && takenOf(id) > before) lostRecords += 1;
      }
      const [row] = (
        await platform.database.pool.query('SELECT status FROM notifications.deliveries WHERE id = $1', [id])
      ).rows;
      expect(row.status).toBe('sent');
      const taken = takenOf(id);
      expect(taken, `message ${n}, killed at ${plan}`).toBeGreaterThanOrEqual(1);
      expect(taken, `message ${n}, killed at ${plan}`).toBeLessThanOrEqual(1 + lostRecords);
      repeats += taken - 1;
    }
    expect(kills).toBeGreaterThan(500);
    expect(repeats).toBeGreaterThan(0);
  }, 120_000);
});

describe('a worker that is killed with SIGKILL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let platform: Platform;
  const workers: ChildProcess[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
    const { openPlatform } = await import('@spacedly/kit');
    const { TEST_SECRET, testConfig } = await import('@spacedly/kit/testing');
    const { pino } = await import('pino');
    const config = testConfig({ DATABASE_URL: database.url });
    const log = pino({ level: 'silent' });
    platform = await openPlatform({ config, log, databaseUrl: database.url, secret: TEST_SECRET });
  });
  afterEach(() => {
    for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  });
  afterAll(async () => {
    await platform.close();
    await pool.end();
    await database.drop();
  });

  async function startWorker(): Promise<ChildProcess> {
    const worker = fork(new URL('../../services/notifications/src/fixtures/worker.ts', import.meta.url), {
      env: { ...process.env, DATABASE_URL: database.url, SMTP_URL: `smtp://127.0.0.1:${smtp.port}` },
      execArgv: [],
    });
    workers.push(worker);
    await once(worker, 'message');
    return worker;
  }

  const rows = async (where: string): Promise<{ id: string }[]> =>
    (await pool.query(`SELECT id FROM notifications.deliveries WHERE ${where}`)).rows;

  test('eight kills in the middle of the work lose nothing, and repeat only what was on its way', async () => {
    const random = createRandom(7);
    const atRisk = new Map<string, number>();
    let sent = 0;
    for (let kill = 0; kill < 8; kill++) {
      const worker = await startWorker();
      const data = Array.from({ length: 40 }, () => ({
        channel: 'EMAIL' as const,
        to: `kill${sent++}@example.com`,
      }));
      const already = smtp.received.length;
      await platform.database.db.transaction((tx) =>
        platform.outbox.publish(tx, 'signup.address_taken', ...data),
      );
      const enough = already + Math.floor(random() * 35);
      await waitFor(() => smtp.received.length >= enough, 20_000);
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      await delay(20);
      for (const { id } of await rows(`status <> 'sent'`)) {
        if (takenOf(id) > 0) atRisk.set(id, (atRisk.get(id) ?? 0) + 1);
      }
      // What the supervisor does half a minute later, when the heartbeats have stopped.
      await pool.query(`UPDATE jobs.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
    }
    await startWorker();
    await waitFor(
      async () => (await rows(`status = 'sent'`)).length === sent,
      30_000,
      'the end of all mails',
    );
    for (const { id } of await rows('true')) {
      const taken = takenOf(id);
      expect(taken).toBeGreaterThanOrEqual(1);
      expect(taken).toBeLessThanOrEqual(1 + (atRisk.get(id) ?? 0));
    }
    const waiting = await pool.query('SELECT 1 FROM jobs.job WHERE name = $1 AND state < $2', [
      DELIVERY_QUEUE,
      'completed',
    ]);
    expect(waiting.rowCount).toBeLessThanOrEqual(1);
  }, 180_000);
});
