import type { Page } from 'playwright-core';
import { at, type Chapter, press } from './scene.ts';

async function showAnswer(page: Page): Promise<void> {
  await at('/review', 'Show answer')(page);
  await press(page, 'Show answer');
  await page.getByRole('button', { name: /^Good/ }).waitFor();
}

export const reviews: Chapter = {
  title: 'Reviews and numbers',
  scenes: [
    {
      name: 'review-question',
      sentence: 'A review session asks one thing at a time.',
      viewer: 'ada',
      open: at('/review', 'Show answer'),
      phone: true,
    },
    {
      name: 'review-answer',
      sentence: 'Four grades, each with the date it leads to.',
      viewer: 'ada',
      open: showAnswer,
      phone: true,
    },
    {
      name: 'review-items',
      sentence: 'Everything that is reviewed.',
      viewer: 'ada',
      open: at('/review/items', 'Krebs cycle'),
      phone: true,
    },
    {
      name: 'review-add',
      sentence: 'An item with its questions.',
      viewer: 'ada',
      open: async (page) => {
        await at('/review/items', 'Krebs cycle')(page);
        await press(page, 'Add an item');
        await press(page, 'Add a question');
        await page.getByLabel('Question 1', { exact: true }).waitFor();
      },
    },
    {
      name: 'exams',
      sentence: 'Exams, and what will be remembered on their day.',
      viewer: 'ada',
      open: at('/review/exams', 'Biology finals'),
      phone: true,
    },
    {
      name: 'review-limits',
      sentence: 'How much a day may ask for.',
      viewer: 'ada',
      open: at('/review/limits', 'Easy days'),
      phone: true,
    },
    {
      name: 'analytics',
      sentence: 'What was done and what was remembered.',
      viewer: 'ada',
      open: at('/analytics', 'Last 7 days'),
      phone: true,
    },
    {
      name: 'analytics-year',
      sentence: 'A year of days, and the reviews to come.',
      viewer: 'ada',
      open: async (page) => {
        await at('/analytics', 'Last 7 days')(page);
        await page.waitForLoadState('networkidle');
        await page.locator('html').evaluate((root) => root.scrollTo(0, root.scrollHeight));
      },
      phone: true,
    },
  ],
};

export const settings: Chapter = {
  title: 'Notifications and settings',
  scenes: [
    {
      name: 'inbox',
      sentence: 'The bell opens the latest notifications.',
      viewer: 'ada',
      open: async (page) => {
        await at('/today', 'Return the library books')(page);
        await press(page, /^Notifications/);
        await page.getByRole('dialog', { name: 'Notifications' }).getByText('See all').waitFor();
      },
      phone: true,
    },
    {
      name: 'notifications',
      sentence: 'All of them, live.',
      viewer: 'ada',
      open: at('/notifications', 'Mark all as read'),
      phone: true,
    },
    {
      name: 'settings',
      sentence: 'The profile, the time zone and the look.',
      viewer: 'ada',
      open: at('/settings', 'Choose a picture'),
      phone: true,
    },
    {
      name: 'settings-notifications',
      sentence: 'Which messages come, how, and when not.',
      viewer: 'ada',
      open: at('/settings/notifications', 'Keep quiet at night'),
      phone: true,
    },
    {
      name: 'settings-security',
      sentence: 'Password, second factor, passkeys, sessions, devices and tokens.',
      viewer: 'ada',
      open: at('/settings/security', 'This one'),
      phone: true,
    },
    {
      name: 'settings-account',
      sentence: 'Addresses, the export of everything, and the end of the account.',
      viewer: 'ada',
      open: at('/settings/account', 'Export my data'),
      phone: true,
    },
    {
      name: 'settings-business',
      sentence: 'A business profile, looked at by an administrator.',
      viewer: 'ada',
      open: at('/settings/business', 'Submit for review'),
    },
    {
      name: 'palette',
      sentence: 'Ctrl K or ⌘K searches, adds and goes anywhere.',
      viewer: 'ada',
      open: async (page) => {
        await at('/today', 'Return the library books')(page);
        await page.keyboard.press('Control+k');
        const field = page.getByPlaceholder('Search everything, add a task, go anywhere');
        await field.fill('report');
        await page.getByRole('dialog').getByText('Finish the lab report').waitFor();
      },
      phone: true,
    },
    {
      name: 'shortcuts',
      sentence: 'The keys, and the switch for single letters.',
      viewer: 'ada',
      open: async (page) => {
        await at('/today', 'Return the library books')(page);
        await page.keyboard.press('?');
        await page.getByText('Single letters').waitFor();
      },
    },
  ],
};

export const admin: Chapter = {
  title: 'Administration',
  scenes: [
    {
      name: 'admin-users',
      sentence: 'Everybody with an account.',
      viewer: 'grace',
      open: at('/admin/users', 'Mary'),
      phone: true,
    },
    {
      name: 'admin-user',
      sentence: 'One of them, and what may be done about the account.',
      viewer: 'grace',
      open: async (page) => {
        await at('/admin/users', 'Mary')(page);
        await page.getByRole('link', { name: 'Open Mary Shelley' }).click();
        await page.getByRole('button', { name: 'Remove for good' }).waitFor();
      },
    },
    {
      name: 'admin-businesses',
      sentence: 'Businesses that wait to be looked at.',
      viewer: 'grace',
      open: at('/admin/merchants', 'Lovelace Engines'),
    },
    {
      name: 'admin-audit',
      sentence: 'Who did what.',
      viewer: 'grace',
      open: at('/admin/audit', 'Business submitted'),
    },
    {
      name: 'admin-jobs',
      sentence: 'Deliveries that failed for good, and addresses that refuse messages.',
      viewer: 'grace',
      open: at('/admin/jobs', 'Nothing has failed for good'),
    },
    {
      name: 'admin-stats',
      sentence: 'The installation in numbers.',
      viewer: 'grace',
      open: at('/admin/stats', 'Live sessions'),
    },
    {
      name: 'acting',
      sentence: 'Who acts as somebody else is reminded of it on every page.',
      viewer: 'grace',
      open: async (page) => {
        await at('/admin/users', 'Mary')(page);
        await page.getByRole('link', { name: 'Open Mary Shelley' }).click();
        await press(page, 'Act as this person');
        await page
          .getByRole('dialog', { name: 'Act as Mary' })
          .getByRole('button', { name: 'Act as' })
          .click();
        await page.getByText('You act as Mary').waitFor();
      },
      after: (page) => page.context().clearCookies(),
    },
  ],
};

/** An answer of the server that is not there, or not as it should be. */
const failing = (path: string, status: number) => async (page: Page) => {
  await page.route(path, (route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        status,
        code: 'INTERNAL',
        title: 'Something went wrong',
        requestId: '01JE3X7Q2K',
      }),
    }),
  );
};
const healed = (page: Page) => page.unrouteAll();

export const trouble: Chapter = {
  title: 'When something is wrong',
  scenes: [
    {
      name: 'list-failed',
      sentence: 'A list that could not be loaded, with a button to try again.',
      viewer: 'ada',
      open: async (page) => {
        await failing('**/v1/tasks?*', 500)(page);
        await at('/tasks', 'This could not be loaded')(page);
      },
      after: healed,
    },
    {
      name: 'offline',
      sentence: 'What could not be done without a connection is taken back and said.',
      viewer: 'ada',
      open: async (page) => {
        await at('/today', 'Reply to the tutor')(page);
        await page.route('**/v1/tasks/*/complete', (route) => route.abort('internetdisconnected'));
        await page.getByLabel('Complete “Reply to the tutor”').click();
        await page.getByText('was not changed').waitFor();
      },
      after: healed,
    },
    {
      name: 'session-ended',
      sentence: 'A session that ended asks for the password over the page; nothing typed is lost.',
      viewer: 'ada',
      open: async (page) => {
        await at('/tasks', 'Finish the lab report')(page);
        await page.context().clearCookies();
        await page.getByLabel('New task').fill('Thank Priya for reading the report');
        await press(page, 'Add task');
        await page.getByText('Your session has ended').waitFor();
      },
      phone: true,
    },
    {
      name: 'crash',
      sentence: 'A page that could not be shown at all.',
      viewer: 'ada',
      open: async (page) => {
        await failing('**/v1/users/me', 500)(page);
        await at('/today', 'This page ran into a problem')(page);
      },
      after: healed,
      phone: true,
    },
  ],
};
