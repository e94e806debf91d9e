import type { Page } from 'playwright-core';
import { at, type Chapter, press } from './scene.ts';

const REPORT = 'Finish the lab report on enzymes';

async function openReport(page: Page): Promise<void> {
  await at('/tasks?sort=due', REPORT)(page);
  await page.getByRole('link', { name: REPORT }).first().click();
  await page.getByText('catalase-activity.png').waitFor();
  await page.getByText('Plot the measurements').waitFor();
}

/** A part of the open task, which may lie below what is seen of it. */
const inReport = (part: string) => async (page: Page) => {
  await openReport(page);
  const heading = page.getByRole('heading', { name: part, exact: true });
  await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }));
};

export const today: Chapter = {
  title: 'Today',
  scenes: [
    {
      name: 'today',
      sentence: 'What the day asks for: its minutes, what is late, what is due, reviews and the streak.',
      viewer: 'ada',
      open: at('/today', 'Return the library books'),
      phone: true,
    },
    {
      name: 'free-time',
      sentence: 'Free minutes on each weekday, against which the day is measured.',
      viewer: 'ada',
      open: async (page) => {
        await at('/today', 'Return the library books')(page);
        await press(page, 'Change free time');
        await page.getByLabel('Monday', { exact: true }).waitFor();
      },
    },
    {
      name: 'undo',
      sentence: 'What was completed is said, and can be taken back.',
      viewer: 'ada',
      open: async (page) => {
        await at('/today', 'Reply to the tutor')(page);
        await page.getByLabel('Complete “Reply to the tutor”').click();
        await page.getByText('Completed “Reply to the tutor”').waitFor();
      },
      after: async (page) => {
        await press(page, 'Undo');
        await page.getByLabel('Complete “Reply to the tutor”').waitFor();
      },
    },
  ],
};

export const tasks: Chapter = {
  title: 'Tasks',
  scenes: [
    {
      name: 'tasks-list',
      sentence: 'The list, by due date.',
      viewer: 'ada',
      open: at('/tasks?sort=due', REPORT),
      phone: true,
    },
    {
      name: 'tasks-board',
      sentence: 'The board: a column for each status, cards moved by drag, keyboard or menu.',
      viewer: 'ada',
      open: at('/tasks?view=board', REPORT),
      phone: true,
    },
    {
      name: 'tasks-table',
      sentence: 'The table, for whoever compares.',
      viewer: 'ada',
      open: at('/tasks?view=table', REPORT),
      phone: true,
    },
    {
      name: 'tasks-filters',
      sentence: 'Filters, which stay in the address.',
      viewer: 'ada',
      open: async (page) => {
        await at('/tasks?sort=due&category=Biology', REPORT)(page);
        await press(page, /^Filters/);
        await page.getByLabel('Due from').first().waitFor();
      },
      phone: true,
    },
    {
      name: 'quick-add',
      sentence: 'One line is enough: dates, tags and priority are read from the words.',
      viewer: 'ada',
      open: async (page) => {
        await at('/tasks?sort=due', REPORT)(page);
        await page.getByLabel('New task').fill('Revise graphs tomorrow 9am #Study !high ~45m');
        await page.getByRole('list', { name: 'Understood' }).waitFor();
      },
      phone: true,
    },
    {
      name: 'bulk',
      sentence: 'Several tasks at once.',
      viewer: 'ada',
      open: async (page) => {
        await at('/tasks?sort=due', REPORT)(page);
        await page.getByRole('button', { name: 'Select', exact: true }).click();
        await page.getByLabel('Select “Return the library books”').click();
        await page.getByLabel('Select “Reply to the tutor”').click();
        await page.getByText('2 selected').waitFor();
      },
      phone: true,
    },
    {
      name: 'task',
      sentence: 'A task opens over the page it was opened from; on a phone it is a page.',
      viewer: 'ada',
      open: openReport,
      phone: true,
    },
    {
      name: 'task-subtasks',
      sentence: 'Its steps.',
      viewer: 'ada',
      open: inReport('Subtasks'),
    },
    {
      name: 'task-attachments',
      sentence: 'Its files, with previews, and its reminders.',
      viewer: 'ada',
      open: inReport('Attachments'),
      phone: true,
    },
    {
      name: 'task-reminder',
      sentence: 'A new reminder.',
      viewer: 'ada',
      open: async (page) => {
        await openReport(page);
        await press(page, 'Add reminder');
        await page.getByText('Pick a time').waitFor();
      },
      phone: true,
    },
  ],
};

export const calendar: Chapter = {
  title: 'Calendar',
  scenes: [
    {
      name: 'calendar-month',
      sentence: 'The month: tasks, reminders, reviews and exams.',
      viewer: 'ada',
      open: at('/calendar?view=month', /Call the dentist|Return the/),
      phone: true,
    },
    {
      name: 'calendar-week',
      sentence: 'The week by the hour.',
      viewer: 'ada',
      open: at('/calendar?view=week', /Call the dentist|dentist/),
      phone: true,
    },
    {
      name: 'calendar-agenda',
      sentence: 'The agenda, one day after the other.',
      viewer: 'ada',
      open: at('/calendar?view=agenda', 'Call the dentist'),
      phone: true,
    },
    {
      name: 'calendar-move',
      sentence: 'What is opened on the calendar can be moved without dragging.',
      viewer: 'ada',
      open: async (page) => {
        await at('/calendar?view=agenda', 'Call the dentist')(page);
        await press(page, /Call the dentist/);
        await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).waitFor();
      },
    },
    {
      name: 'calendar-feed',
      sentence: 'Other calendar programs read it at a secret address.',
      viewer: 'ada',
      open: async (page) => {
        await at('/calendar?view=month', /Call the dentist|Return the/)(page);
        await press(page, 'Subscribe');
        await page.getByRole('button', { name: 'Create the address' }).waitFor();
      },
    },
  ],
};
