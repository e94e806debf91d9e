import type { Page } from 'playwright-core';
import { PASSWORD } from './person.ts';
import { at, type Chapter, press } from './scene.ts';

const SECOND_FACTOR = '#challenge=none&methods=totp,email,recovery&expiresAt=&returnTo=/today';

/** The second step of a sign-up, up to the point where the code is typed. */
async function askForCode(page: Page): Promise<void> {
  // A tab remembers that it waits for a code, which both sizes then show.
  await page.goto('/sign-up');
  const name = page.getByLabel('Name');
  const digits = page.getByLabel('Digit 1 of 6');
  await name.or(digits).first().waitFor();
  if (await name.isVisible()) {
    await name.fill('Noor');
    // Another code to the same address would have to wait a minute.
    await page.getByLabel('E-mail').fill(`noor${page.viewportSize()?.width}@example.com`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await press(page, 'Create account');
  }
  await digits.waitFor();
  await digits.focus();
  await page.keyboard.insertText('4071');
}

/** Before anybody has an account. */
export const firstStart: Chapter = {
  title: 'The first start',
  scenes: [
    {
      name: 'welcome',
      sentence: 'An empty installation says what it is and asks for its first account.',
      viewer: 'visitor',
      open: at('/', 'Welcome to Spacedly'),
      phone: true,
    },
    {
      name: 'first-account',
      sentence: 'The first account is made like every other; it also administers the installation.',
      viewer: 'visitor',
      open: at('/sign-up', 'Create the first account'),
    },
  ],
};

export const access: Chapter = {
  title: 'On the way in',
  scenes: [
    {
      name: 'landing',
      sentence: 'What a visitor sees.',
      viewer: 'visitor',
      open: at('/', 'Write it down once'),
      phone: true,
    },
    {
      name: 'sign-up',
      sentence: 'A name, an e-mail address or phone number, and a password.',
      viewer: 'visitor',
      open: at('/sign-up', 'Create your account'),
      phone: true,
    },
    {
      name: 'code',
      sentence: 'Six boxes for six digits; a code that is pasted fills them all.',
      viewer: 'visitor',
      open: askForCode,
      phone: true,
    },
    {
      name: 'sign-in',
      sentence: 'With a password, a code, a passkey or a provider that is set up.',
      viewer: 'visitor',
      open: at('/sign-in', 'Forgot your password?'),
      phone: true,
    },
    {
      name: 'second-factor',
      sentence: 'Whoever turned on a second factor is asked for it.',
      viewer: 'visitor',
      open: async (page) => {
        // Another fragment alone would not load the page anew.
        await page.goto('about:blank');
        await at(`/sign-in${SECOND_FACTOR}`, 'One more step')(page);
      },
    },
    {
      name: 'forgot-password',
      sentence: 'A link and a code are sent, whichever is nearer at hand.',
      viewer: 'visitor',
      open: at('/forgot-password', 'Send link and code'),
    },
    {
      name: 'reset-password',
      sentence: 'Where the link leads: a new password, and everybody is signed out.',
      viewer: 'visitor',
      open: at('/reset-password?token=none', 'Set the password'),
    },
    {
      name: 'verify-email',
      sentence: 'Where the link of a sign-up leads.',
      viewer: 'visitor',
      open: at('/verify-email?token=none', 'Confirm and sign in'),
    },
    {
      name: 'not-found',
      sentence: 'An address that leads nowhere.',
      viewer: 'visitor',
      open: at('/nowhere', 'There is nothing at this address'),
      phone: true,
    },
  ],
};

export const firstDay: Chapter = {
  title: 'The first day',
  scenes: [
    {
      name: 'first-run',
      sentence: 'Somebody new is offered a few examples, which one click removes again.',
      viewer: 'new',
      open: at('/today', 'Show me around'),
      phone: true,
    },
    { name: 'empty-tasks', sentence: 'No tasks yet.', viewer: 'new', open: at('/tasks', 'No tasks yet') },
    {
      name: 'empty-agenda',
      sentence: 'Nothing on the calendar.',
      viewer: 'new',
      open: at('/calendar?view=agenda', 'An empty stretch'),
    },
    {
      name: 'empty-review',
      sentence: 'Nothing to review yet, and how to begin.',
      viewer: 'new',
      open: at('/review', 'Remember what you learn'),
      phone: true,
    },
    {
      name: 'empty-exams',
      sentence: 'No exams yet.',
      viewer: 'new',
      open: at('/review/exams', 'No exams yet'),
    },
    {
      name: 'empty-analytics',
      sentence: 'Numbers need something that was done.',
      viewer: 'new',
      open: at('/analytics', 'Your numbers start'),
    },
    {
      name: 'empty-search',
      sentence: 'A search that finds nothing says so and offers a way out.',
      viewer: 'ada',
      open: at('/tasks?q=zebra', 'No task matches'),
    },
    {
      name: 'empty-bin',
      sentence: 'The bin keeps what was deleted for 30 days.',
      viewer: 'new',
      open: async (page) => {
        await page.goto('/tasks?deleted=1');
        await page.getByRole('heading', { level: 1, name: 'Bin' }).waitFor();
      },
    },
  ],
};
