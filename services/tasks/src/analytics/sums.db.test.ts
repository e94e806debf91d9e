import { authService } from '@spacedly/auth';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { expectSumsRight } from '../fixtures/recount.ts';
import { tasksService } from '../index.ts';
import { purgeBin } from '../items/jobs.ts';
import { dispatchDue } from '../reminders/dispatch.ts';
import { foldCounts } from './store-fold.ts';
import { createSums } from './sums.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
});
afterAll(() => scene.t.close());

const HOUR = 3_600_000;
const ZONES = ['UTC', 'America/St_Johns', 'Pacific/Kiritimati', 'Asia/Kathmandu'] as const;
const sqlOf = (text: string) => scene.t.platform.database.pool.query(text);
const deps = () => ({
  db: scene.t.platform.database.db,
  outbox: scene.t.platform.outbox,
  now: scene.now,
});

/** A person and what they have made so far, to be chosen from by number. */
interface Life {
  userId: string;
  timeZone: string;
  tasks: string[];
  reminders: string[];
  reviews: string[];
}

const pick = (ids: string[], n: number) => ids[n % ids.length] ?? '00000000-0000-7000-8000-000000000000';
const categories = ['Study', 'Work', null];
const statuses = ['todo', 'in-progress', 'completed'];
const at = (n: number) => new Date(scene.now().getTime() + (1 + (n % 100)) * HOUR).toISOString();

/** What is refused changes nothing; what fails is a fault. */
async function ask(...args: Parameters<Scene['ask']>) {
  const answer = await scene.ask(...args);
  expect(answer.statusCode, `${args[0]} ${args[1]} ${answer.body}`).toBeLessThan(500);
  return answer;
}

async function make(kind: 'tasks' | 'reminders' | 'reviews', life: Life, body: object) {
  const answer = await ask('POST', `/v1/${kind}`, body);
  if (answer.statusCode < 300) life[kind].push(answer.json().id);
}

const post = (url: string, body?: object) => ask('POST', url, body);

/** Everything that writes what is counted. */
const actions: Record<string, (life: Life, n: number) => Promise<unknown>> = {
  create: (life, n) =>
    make('tasks', life, { title: 'x', category: categories[n % 3] ?? undefined, status: statuses[n % 2] }),
  createDue: (life, n) => make('tasks', life, { title: 'x', dueDate: at(n) }),
  createRecurring: (life, n) =>
    make('tasks', life, { title: 'x', dueDate: at(n), recurrence: { rrule: 'FREQ=DAILY', anchor: 'due' } }),
  createSubtask: (life, n) => make('tasks', life, { title: 'x', parentId: pick(life.tasks, n) }),
  quick: () => post('/v1/tasks/quick', { text: 'Read tomorrow at 9' }),
  patch: (life, n) =>
    ask('PATCH', `/v1/tasks/${pick(life.tasks, n)}`, {
      ...(n % 2 === 0 && { category: categories[n % 3] }),
      ...(n % 5 === 0 && { dueDate: at(n) }),
      ...(n % 7 === 0 && { status: statuses[n % 3] }),
      title: `x ${n}`,
    }),
  complete: (life, n) => post(`/v1/tasks/${pick(life.tasks, n)}/complete`),
  reopen: (life, n) => post(`/v1/tasks/${pick(life.tasks, n)}/reopen`),
  remove: (life, n) => ask('DELETE', `/v1/tasks/${pick(life.tasks, n)}`),
  restore: (life, n) => post(`/v1/tasks/${pick(life.tasks, n)}/restore`),
  undo: (life, n) => post(`/v1/tasks/${pick(life.tasks, n)}/undo`),
  bulk: (life, n) => {
    const ids = [...new Set([pick(life.tasks, n), pick(life.tasks, n + 1), pick(life.tasks, n + 2)])];
    const action = ['complete', 'delete', 'patch'][n % 3];
    return post('/v1/tasks/bulk', {
      ids,
      action,
      ...(action === 'patch' && { patch: { category: 'Bulk' } }),
    });
  },
  remind: (life, n) =>
    make('reminders', life, { taskId: pick(life.tasks, n), scheduledAt: at(n), type: 'in-app' }),
  completeReminder: (life, n) => post(`/v1/reminders/${pick(life.reminders, n)}/complete`),
  skipReminder: (life, n) => post(`/v1/reminders/${pick(life.reminders, n)}/skip`),
  snooze: (life, n) => post(`/v1/reminders/${pick(life.reminders, n)}/snooze`, { minutes: 60 + n }),
  removeReminder: (life, n) => ask('DELETE', `/v1/reminders/${pick(life.reminders, n)}`),
  review: (life, n) => make('reviews', life, { taskId: pick(life.tasks, n) }),
  grade: (life, n) =>
    post(`/v1/reviews/${pick(life.reviews, n)}/grade`, { grade: ['again', 'good', 'easy'][n % 3] }),
  undoGrade: (life, n) => post(`/v1/reviews/${pick(life.reviews, n)}/undo`),
  removeReview: (life, n) => ask('DELETE', `/v1/reviews/${pick(life.reviews, n)}`),
  handOver: () => dispatchDue(deps()),
  emptyBin: () => purgeBin(deps()),
  fold: () => foldCounts(deps().db),
  wait: (_, n) => scene.later((n % 4 === 0 ? 31 * 24 : n % 40) * HOUR),
  async move(life, n) {
    life.timeZone = pick([...ZONES], n);
    await scene.moveTo(life.timeZone);
  },
  importMany: ({ userId }, n) =>
    sqlOf(`INSERT INTO tasks.tasks (id, user_id, title, status, category, completed_at, deleted_at, created_at, updated_at)
      SELECT gen_random_uuid(), '${userId}', 'x', (CASE k % 2 WHEN 0 THEN 'completed' ELSE 'todo' END)::tasks.task_status,
        'Import ' || k % 3, CASE k % 2 WHEN 0 THEN '${at(n)}'::timestamptz - k * interval '7 hours' END,
        CASE k % 5 WHEN 0 THEN now() END, now(), now() FROM generate_series(1, ${n}) AS k`),
  changeMany: ({ userId }, n) =>
    sqlOf(`UPDATE tasks.tasks SET category = CASE WHEN ${n} % 2 = 0 THEN NULL ELSE 'Changed' END,
      completed_at = completed_at - ${n} * interval '1 hour' WHERE user_id = '${userId}'`),
  moveManyReminders: ({ userId }, n) =>
    sqlOf(`UPDATE tasks.reminders SET scheduled_at = scheduled_at - ${n} * interval '1 hour',
      status = (ARRAY['pending', 'sent', 'missed', 'completed'])[1 + ${n} % 4]::tasks.reminder_status,
      completed_at = CASE ${n} % 4 WHEN 3 THEN scheduled_at END WHERE user_id = '${userId}'`),
  changeManyGrades: ({ userId }, n) =>
    sqlOf(`UPDATE tasks.review_logs SET grade = 'again', state_before = 'review',
      reviewed_at = reviewed_at - ${n} * interval '1 hour' WHERE user_id = '${userId}'`),
  deleteMany: ({ userId }, n) =>
    sqlOf(`DELETE FROM tasks.tasks WHERE user_id = '${userId}' AND category LIKE 'Import%' AND
      hashtext(id::text) % 3 = ${n % 3}`),
};

const right = ({ userId, timeZone }: Life) =>
  expectSumsRight(scene.t.platform.database, { userId, timeZone, now: scene.now() });

async function newLife(): Promise<Life> {
  const { user } = await scene.newPerson();
  await ask('PATCH', '/v1/reminders/settings', { beforeDue: true });
  return { userId: user.id, timeZone: 'UTC', tasks: [], reminders: [], reviews: [] };
}

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
      await foldCounts(deps().db);
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
      await foldCounts(deps().db);
      await createSums(deps().db).findActiveDays(life, always);
      await foldCounts(deps().db);
    });
    await Promise.all([...writers, ...meddlers]);
    await right(life);
  }
  await foldCounts(deps().db);
  await right(life);
  const { rows } = await sqlOf('SELECT count(*)::int AS left FROM tasks.count_changes');
  expect(rows).toEqual([{ left: 0 }]);
}, 120_000);
