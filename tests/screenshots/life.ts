import { waitFor } from '../harness/wait.ts';
import { at, type Clock, day } from './clock.ts';
import { chart, csv, pdf } from './files.ts';
import type { Person } from './person.ts';

const FIRST_DAY = -84;
/** What came due in the last days is still to be reviewed. */
const LAST_REVIEWED = -4;
const STUDY = [
  ['Krebs cycle', 'Biology', 'Where in the cell does it happen?', 'In the matrix of the mitochondria.'],
  ['Enzyme kinetics', 'Biology', 'What does Km tell?', 'The concentration at which half of Vmax is reached.'],
  ['Photosynthesis', 'Biology', 'What do the light reactions make?', 'ATP, NADPH and oxygen.'],
  ['Action potential', 'Biology', 'Which ion rushes in first?', 'Sodium.'],
  ['DNA replication', 'Biology', 'Why is one strand made in pieces?', 'Polymerase only goes from 5′ to 3′.'],
  ['Irregular verbs: ser, ir, haber', 'Spanish', '“I went” in Spanish?', 'Fui.'],
  ['Subjunctive after “ojalá”', 'Spanish', '“I hope it rains”?', 'Ojalá llueva.'],
  ['Food and cooking words', 'Spanish', '“A spoonful”?', 'Una cucharada.'],
  ['Bayes in one sentence', 'Statistics', 'What does Bayes’ rule turn around?', 'The condition.'],
  ['Confidence intervals', 'Statistics', 'What does 95 % mean?', 'How often such intervals hold the value.'],
  ['Dijkstra by hand', 'Algorithms', 'Which node is settled next?', 'The nearest one not settled yet.'],
  ['Photosynthesis, dark reactions', 'Biology', 'Which enzyme fixes CO₂?', 'Rubisco.'],
  ['Central limit theorem', 'Statistics', 'What becomes normal?', 'The mean of many draws.'],
  ['Mendel’s laws', 'Biology', 'What does segregation say?', 'Each gamete gets one allele.'],
  ['Por and para', 'Spanish', 'For a deadline?', 'Para.'],
  ['Membrane transport', 'Biology', 'What does the Na⁺/K⁺ pump move?', 'Three Na⁺ out, two K⁺ in.'],
  ['p-values', 'Statistics', 'What is a small one evidence of?', 'That chance alone explains it badly.'],
  ['Big O of common sorts', 'Algorithms', 'Merge sort, worst case?', 'n log n.'],
] as const;
type Study = (typeof STUDY)[number];
/** Learned this morning, and so due. */
const FRESH = STUDY.slice(-4);
const CHORES = [
  ['Read chapter', 'Biology'],
  ['Spanish listening practice', 'Spanish'],
  ['Problem set', 'Statistics'],
  ['Write up the lecture', 'Biology'],
  ['Shift at the library', 'Work'],
  ['Groceries', 'Personal'],
  ['Run by the river', 'Personal'],
] as const;
const GRADES = ['good', 'good', 'easy', 'good', 'hard', 'good', 'again', 'good'] as const;

const REMINDED = [
  [-3, '18:00', 'Water the plants'],
  [-1, '09:00', 'Hand in the problem set'],
  [-1, '16:00', 'Call the landlord about the heating'],
] as const;
/** The clock goes on once it is set, so this is waited for. */
const SOON_MS = 2_000;
const PATIENCE_MS = 15_000;

/** Numbers that look thrown and are the same every time. */
function dice(): (sides: number) => number {
  let state = 20_261_202;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

async function gradeDue({ ask }: Person, roll: (sides: number) => number): Promise<void> {
  const { items } = await ask<{ items: { id: string }[] }>('GET', '/v1/reviews/due?limit=50');
  for (const { id } of items) {
    const grade = GRADES[roll(GRADES.length)];
    await ask('POST', `/v1/reviews/${id}/grade`, { grade, durationMs: 8_000 + 1_000 * roll(30) });
  }
}

async function learn({ ask }: Person, [title, category, question, answer]: Study): Promise<void> {
  const { id: taskId } = await ask('POST', '/v1/tasks', { title, category });
  await ask('POST', '/v1/reviews', { taskId, prompts: [{ question, answer }] });
}

/** Three months of days: something new to learn each week, what is due reviewed, some chores done. */
async function pastDays(person: Person, clock: Clock): Promise<void> {
  // Two of them: what is due decides how often one is thrown, and must not move the days.
  const [roll, rollGrade] = [dice(), dice()];
  for (let offset = FIRST_DAY; offset < 0; offset += 1) {
    const isIdle = offset !== -1 && offset < -12 && roll(9) === 0;
    if (isIdle) continue;
    await clock.set(at(offset, '17:30'));
    await person.signIn();
    const study = (offset - FIRST_DAY) % 4 === 0 ? STUDY[(offset - FIRST_DAY) / 4] : undefined;
    if (study && !FRESH.includes(study)) await learn(person, study);
    if (offset <= LAST_REVIEWED) await gradeDue(person, rollGrade);
    for (let count = roll(4); count >= 0; count -= 1) {
      const [title, category] = CHORES[roll(CHORES.length)] ?? CHORES[0];
      const { id } = await person.ask('POST', '/v1/tasks', { title, category, dueDay: day(offset) });
      await person.ask('POST', `/v1/tasks/${id}/complete`);
    }
    await person.signOut();
  }
}

/** Reminders that came, so that there is something in the inbox. */
async function pastReminders(person: Person, clock: Clock): Promise<void> {
  for (const [index, [offset, time, title]] of REMINDED.entries()) {
    await clock.set(at(offset, time));
    await person.signIn();
    const { id: taskId } = await person.ask('POST', '/v1/tasks', { title, dueDay: day(offset) });
    const scheduledAt = new Date(Date.parse(at(offset, time)) + SOON_MS).toISOString();
    await person.ask('POST', '/v1/reminders', { taskId, scheduledAt, type: 'in-app' });
    const arrived = async () => {
      const { items } = await person.ask<{ items: { type: string }[] }>('GET', '/v1/notifications?limit=50');
      return items.filter(({ type }) => type.startsWith('reminder')).length > index;
    };
    await waitFor(arrived, PATIENCE_MS, `the reminder of “${title}”`);
    await person.ask('POST', `/v1/tasks/${taskId}/complete`);
    await person.signOut();
  }
}

const REPORT_NOTES = `Compare **catalase** at five temperatures and explain the drop above 50 °C.

- Methods and raw data are done
- Still to write: _discussion_ and the abstract
- Template: [course page](https://example.com/biology/lab-report)`;

/** The task that is opened in the pictures. */
async function report({ ask, attach }: Person): Promise<void> {
  const { id } = await ask('POST', '/v1/tasks', {
    title: 'Finish the lab report on enzymes',
    description: REPORT_NOTES,
    link: 'https://example.com/biology/lab-report',
    dueDate: at(0, '17:00'),
    priority: 'high',
    category: 'Biology',
    labels: ['finals', 'lab'],
    estimateMinutes: 90,
    status: 'in-progress',
  });
  const steps = ['Plot the measurements', 'Discuss the errors', 'Write the abstract', 'Ask Priya to read it'];
  for (const [index, title] of steps.entries()) {
    const step = await ask('POST', '/v1/tasks', { title, parentId: id });
    if (index < 2) await ask('POST', `/v1/tasks/${step.id}/complete`);
  }
  await attach(id, 'catalase-activity.png', await chart());
  await attach(id, 'lab-protocol.pdf', pdf());
  await attach(id, 'measurements.csv', csv());
  await ask('POST', '/v1/reminders', {
    taskId: id,
    scheduledAt: at(0, '12:30'),
    type: 'in-app',
    message: 'Print it at the library',
  });
}

/** What lies ahead. */
async function plans({ ask }: Person): Promise<void> {
  const tasks = [
    { title: 'Return the library books', dueDay: day(-2), priority: 'high', category: 'Personal' },
    { title: 'Reply to the tutor', dueDate: at(-1, '12:00'), category: 'Statistics', estimateMinutes: 10 },
    {
      title: 'Spanish conversation with Lucía',
      dueDate: at(0, '19:00'),
      category: 'Spanish',
      estimateMinutes: 45,
    },
    { title: 'Buy bread, coffee and a birthday card', dueDay: day(0), category: 'Personal', priority: 'low' },
    {
      title: 'Call the dentist',
      dueDate: at(1, '10:30'),
      priority: 'high',
      category: 'Personal',
      estimateMinutes: 10,
    },
    {
      title: 'Problem set 7: hypothesis tests',
      dueDate: at(2, '14:00'),
      category: 'Statistics',
      estimateMinutes: 120,
    },
    {
      title: 'Draft the seminar talk',
      dueDay: day(5),
      category: 'Biology',
      labels: ['finals'],
      estimateMinutes: 180,
    },
    { title: 'Book the train home', dueDay: day(7), category: 'Personal', estimateMinutes: 15 },
    {
      title: 'Pay the rent',
      dueDay: day(13),
      category: 'Personal',
      recurrence: { rrule: 'FREQ=MONTHLY', anchor: 'due' },
    },
    {
      title: 'Plan the week',
      dueDate: at(4, '18:00'),
      estimateMinutes: 20,
      recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' },
    },
    { title: 'Ask for a letter of recommendation', category: 'Work' },
    { title: 'Read “Why We Sleep”', category: 'Personal', priority: 'low', status: 'in-progress' },
  ];
  for (const task of tasks) await ask('POST', '/v1/tasks', task);
  const done = await ask('POST', '/v1/tasks', {
    title: 'Stretch for ten minutes',
    dueDay: day(0),
    category: 'Personal',
  });
  await ask('POST', `/v1/tasks/${done.id}/complete`);
}

/** Has read what the own doings brought; the reminders are still new. */
async function readOwn({ ask }: Person): Promise<void> {
  const { items } = await ask<{ items: { id: string; type: string }[] }>('GET', '/v1/notifications?limit=50');
  for (const { id, type } of items) {
    if (!type.startsWith('reminder')) await ask('PATCH', `/v1/notifications/${id}/read`);
  }
}

/** Gives a person a past and a future: what anybody would have after three months. */
export async function live(person: Person, clock: Clock): Promise<void> {
  const { ask } = person;
  await person.signOut();
  await pastDays(person, clock);
  await clock.set(at(-4, '20:00'));
  await person.signIn();
  await ask('POST', '/v1/notifications/read-all');
  await person.signOut();
  await pastReminders(person, clock);
  await clock.set(at(0, '09:10'));
  await person.signIn();
  const minutes = {
    monday: 150,
    tuesday: 120,
    wednesday: 150,
    thursday: 120,
    friday: 90,
    saturday: 60,
    sunday: null,
  };
  await ask('PUT', '/v1/tasks/budget', minutes);
  await ask('PUT', '/v1/exams', {
    name: 'Biology finals',
    day: day(14),
    category: 'Biology',
    targetRetention: 0.92,
  });
  await ask('PUT', '/v1/exams', { name: 'Spanish B2', day: day(44), category: 'Spanish' });
  for (const study of FRESH) await learn(person, study);
  await plans(person);
  await report(person);
  await readOwn(person);
  await person.signOut();
}
