import { authService } from '@spacedly/auth';
import { drizzle } from 'drizzle-orm/node-postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLives, type Life, pick, ZONES } from '../fixtures/life.ts';
import { openScene, type Scene } from '../fixtures/person.ts';
import { expectSumsRight } from '../fixtures/recount.ts';
import { tasksService } from '../index.ts';
import { foldCounts } from './store-fold.ts';
import { createSums } from './sums.ts';

let scene: Scene;
let actions: ReturnType<typeof createLives>['actions'];
let newLife: () => Promise<Life>;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
  ({ actions, newLife } = createLives(scene));
});
afterAll(() => scene.t.close());

const db = () => scene.t.platform.database.db;
const sqlOf = (text: string) => scene.t.platform.database.pool.query(text);

const right = ({ userId, timeZone }: Life) =>
  expectSumsRight(scene.t.platform.database, { userId, timeZone, now: scene.now() });

test('whatever is done, the sums are what counting gives, before and after they are folded', async () => {
  const step = fc.tuple(fc.constantFrom(...Object.keys(actions)), fc.integer({ min: 1, max: 200 }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      const life = await newLife();
      await actions.create?.(life, 1);
      await right(life);
      for (const [index, [name, n]] of steps.entries()) {
        await actions[name]?.(life, n);
        // Not after each step, so that many are noted before they are read.
        if (index % 5 === 4) await right(life);
      }
      await right(life);
      await foldCounts(db());
      await right(life);
    }),
    { numRuns: 8 },
  );
}, 300_000);

test('so they are with 50 writers at once, while they are folded and the person moves', async () => {
  const life = await newLife();
  for (let n = 0; n < 10; n += 1) await actions.createDue?.(life, n);
  const names = ['createDue', 'patch', 'complete', 'reopen', 'remove', 'restore', 'undo', 'remind', 'bulk'];
  names.push('completeReminder', 'snooze', 'review', 'grade', 'undoGrade', 'importMany');
  const act = (n: number) => actions[names[n % names.length] as string]?.(life, n);
  const always = { from: '-infinity', to: 'infinity' };
  for (let round = 0; round < 4; round += 1) {
    life.timeZone = pick([...ZONES], round + 1);
    const writers = Array.from({ length: 50 }, async (_, index) => {
      await act(index * 7 + round);
      await act(index * 11 + round);
    });
    const meddlers = Array.from({ length: 8 }, async () => {
      await foldCounts(db());
      await createSums(db()).findActiveDays(life, always);
      await foldCounts(db());
    });
    await Promise.all([...writers, ...meddlers]);
    await right(life);
  }
  await foldCounts(db());
  await right(life);
  const { rows } = await sqlOf('SELECT count(*)::int AS left FROM tasks.count_changes');
  expect(rows).toEqual([{ left: 0 }]);
}, 120_000);

test('PostgreSQL plans a question for a connection, not for each time it is asked', async () => {
  const life = await newLife();
  const client = await scene.t.platform.database.pool.connect();
  const sums = createSums(drizzle(client));
  for (let n = 1; n <= 12; n += 1) {
    const window = { from: `2027-02-${10 + n}`, to: n % 2 === 0 ? 'infinity' : `2027-03-${10 + n}` };
    await sums.findOverview(life, { ...window, now: scene.now().toISOString() });
    await sums.findActiveDays(life, n % 3 === 0 ? window : { from: '-infinity', to: window.to });
    await sums.countByDay(life, window);
  }
  const { rows } = await client.query(
    "SELECT name, custom_plans::int AS custom FROM pg_prepared_statements WHERE name LIKE 'sums_%' ORDER BY name",
  );
  client.release();
  // After five plans PostgreSQL compares.
  expect(rows).toEqual(
    ['sums_active_days', 'sums_by_day', 'sums_overview'].map((name) => ({ name, custom: 5 })),
  );
});
