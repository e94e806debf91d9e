import { authService } from '@spacedly/auth';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLives, type Life, ZONES } from '../fixtures/life.ts';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';
import { createNumbers } from './service.ts';

let scene: Scene;
let lives: ReturnType<typeof createLives>;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
  lives = createLives(scene);
});
afterAll(() => scene.t.close());

const MB = 1_048_576;
const PATHS = [
  '/v1/analytics',
  '/v1/analytics/streaks',
  '/v1/analytics/heatmap',
  '/v1/analytics/heatmap?year=2027',
];

/** Another process that serves the same people. */
const instance = ({ timeZone }: Life, keptBytes: number) =>
  createNumbers(
    {
      db: scene.t.platform.database.db,
      now: scene.now,
      zones: { of: async () => timeZone, languageOf: async () => 'en' },
    },
    keptBytes,
  );

const askAll = async (numbers: ReturnType<typeof instance>, { userId }: Life) => {
  const { tellAnalytics, tellStreaks, tellHeatmap } = numbers;
  const heatmap = await tellHeatmap(userId, undefined);
  const answers = [
    await tellAnalytics(userId),
    await tellStreaks(userId),
    heatmap,
    await tellHeatmap(userId, 2027),
  ];
  return answers.map(({ text }) => text);
};

/** What people are answered is what somebody is told who keeps nothing. */
async function expectFresh(life: Life, after: string) {
  const bodies = [];
  for (const path of PATHS) bodies.push((await scene.ask('GET', path)).body);
  expect(bodies, after).toEqual(await askAll(instance(life, 0), life));
}

async function grownLife(): Promise<Life> {
  const life = await lives.newLife();
  const begin = [
    'create',
    'createDue',
    'createDue',
    'remind',
    'complete',
    'review',
    'grade',
    'remove',
    'createDue',
  ];
  for (const [n, name] of begin.entries()) await lives.actions[name]?.(life, n);
  return life;
}

test('nothing stale is told after anything that writes what is counted', async () => {
  for (const [name, act] of Object.entries(lives.actions)) {
    const life = await grownLife();
    for (const n of [1, 2, 3, 6]) {
      await expectFresh(life, `before ${name}`);
      await act(life, n);
      await expectFresh(life, `after ${name} ${n}`);
    }
  }
}, 120_000);

test('nor after any of them in any order, asked after each', async () => {
  const names = Object.keys(lives.actions);
  const step = fc.tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 200 }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      const life = await grownLife();
      const other = instance(life, MB);
      for (const [name, n] of steps) {
        await lives.actions[name]?.(life, n);
        await expectFresh(life, `${name} ${n}`);
        if (life.timeZone === 'UTC')
          expect(await askAll(other, life)).toEqual(await askAll(instance(life, 0), life));
      }
    }),
    { numRuns: 5 },
  );
}, 300_000);

test('nor with writers at once, whoever asks meanwhile', async () => {
  const life = await grownLife();
  const other = instance(life, MB);
  const names = [
    'createDue',
    'patch',
    'complete',
    'reopen',
    'remove',
    'restore',
    'bulk',
    'snooze',
    'grade',
    'fold',
  ];
  const writers = Array.from({ length: 20 }, async (_, n) => {
    for (const round of [0, 1, 2])
      await lives.actions[names[(n + round) % names.length] as string]?.(life, n * 7 + round);
  });
  const readers = Array.from({ length: 6 }, async (_, n) => {
    for (let round = 0; round < 10; round += 1)
      await (n % 2 === 0 ? askAll(other, life) : scene.ask('GET', '/v1/analytics'));
  });
  await Promise.all([...writers, ...readers]);
  await expectFresh(life, 'writers');
  expect(await askAll(other, life)).toEqual(await askAll(instance(life, 0), life));
}, 60_000);

test('nor once the person is counted anew, in any process', async () => {
  const life = await grownLife();
  const other = instance(life, MB);
  await expectFresh(life, 'before');
  await askAll(other, life);
  const client = await scene.t.platform.database.pool.connect();
  await client.query(`SET session_replication_role = replica;
    UPDATE tasks.tasks SET category = 'Past the triggers' WHERE user_id = '${life.userId}';
    SET session_replication_role = DEFAULT; DELETE FROM tasks.counted_people`);
  client.release();
  await expectFresh(life, 'counted anew');
  const [analytics] = await askAll(other, life);
  expect(analytics).toContain('Past the triggers');
});

test('nor when only time went on: a reminder comes due, the day ends here or in UTC', async () => {
  const life = await grownLife();
  for (const timeZone of ZONES) {
    life.timeZone = timeZone;
    await scene.moveTo(timeZone);
    await expectFresh(life, timeZone);
    for (let hour = 1; hour <= 26; hour += 1) {
      await scene.later(3_600_000);
      await expectFresh(life, `${timeZone} ${hour}`);
    }
  }
}, 60_000);
