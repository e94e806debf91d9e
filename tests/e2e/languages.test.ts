import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from './browser.ts';
import { codeFor, createTask, mailTo, newAddress, PASSWORD, send } from './person.ts';
import { quiet } from './quiet.ts';
import { readable } from './readable.ts';
import { dayIn, inDays } from './zone.ts';

const SLOW = { timeout: 300_000 };

/** The catalogues are typed for a browser, which tests are not. */
const load = (language: string) => import(`../../web/src/texts/${language}/index.ts`);
const [{ texts: en }, de, es, hi] = await Promise.all(['en', 'de', 'es', 'hi'].map(load));
const COMMON = 'This password is one of the most common ones and would be guessed at once';

type Texts = ReturnType<typeof JSON.parse>;
type Leaf = string | ((...args: unknown[]) => string);

/** Every text by its path. */
function leaves(value: unknown, path = ''): [string, Leaf][] {
  if (typeof value === 'string' || typeof value === 'function') return [[path, value as Leaf]];
  return Object.entries(value as object).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}

/** The English texts that another language says otherwise, and never says itself. */
function englishOnly(texts: Texts): Set<string> {
  const own = new Map(leaves(texts));
  const said = new Set([...own.values()].filter((leaf) => typeof leaf === 'string'));
  const english = leaves(en).flatMap(([path, leaf]) =>
    typeof leaf === 'string' && leaf !== own.get(path) && !said.has(leaf) && /\p{L}{2}/u.test(leaf)
      ? [leaf]
      : [],
  );
  return new Set(english.map((text) => text.trim()));
}

/** Latin words that a text in Devanagari may have: names, units, keys, and the clock. */
const NAMES =
  /\b(?:Spacedly|Ada|Chrome|Linux|Office|Markdown|https|Ctrl|Enter|Esc|Space|Tab|Shift|[A-Z]|JPEG|PNG|GIF|PDF|JSON|[KMG]B|SMS|PIN|QR|UTC|IST|RFC|[ap]m)\b/g;
const UNTRANSLATED = [/\S+@\S+/g, /\b\w+\/[\w/+-]+/g, /(?<=\d)[ap]m\b/g, NAMES];

const latinIn = (text: string) =>
  UNTRANSLATED.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), text).match(/[A-Za-zÀ-ž]{2,}/g) ?? [];

interface Speaker {
  language: string;
  locale: string;
  zone: string;
  texts: Texts;
  /** What the server says. */
  server: { sentences: Record<string, string> };
  /** A word of the person's own, in their script. */
  word: string;
  isForeign(text: string): boolean;
}

function speaker(
  { texts, server }: { texts: Texts; server: Speaker['server'] },
  person: Pick<Speaker, 'language' | 'locale' | 'zone' | 'word'>,
): Speaker {
  const english = englishOnly(texts);
  const isForeign = (text: string) =>
    person.language === 'hi' ? latinIn(text).length > 0 : english.has(text);
  return { ...person, texts, server, isForeign };
}

const SPEAKERS = [
  speaker(de, { language: 'de', locale: 'de-AT', zone: 'Europe/Vienna', word: 'Brücke' }),
  speaker(es, { language: 'es', locale: 'es-MX', zone: 'America/Mexico_City', word: 'Señal' }),
  speaker(hi, { language: 'hi', locale: 'hi-IN', zone: 'Asia/Calcutta', word: 'नमूना' }),
];

const OUTSIDE = [
  '/',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/nowhere',
  ...['reset-password', 'verify-email', 'cancel-change', 'restore-account'].map((path) => `/${path}?token=x`),
];

/** What is in no catalogue is English for everybody, so two languages walk every page, and the third where words are made. */
const BRIEFLY = ['/today', '/tasks?view=list', '/calendar?view=agenda', '/review', '/analytics', '/settings'];
const INSIDE = [
  '/today',
  ...['list', 'board', 'table'].map((view) => `/tasks?view=${view}`),
  '/tasks?deleted=1',
  ...['month', 'week', 'agenda'].map((view) => `/calendar?view=${view}`),
  ...['', '/items', '/exams', '/limits'].map((path) => `/review${path}`),
  '/analytics',
  '/notifications',
  ...['', '/notifications', '/security', '/account', '/business'].map((path) => `/settings${path}`),
  ...['users', 'merchants', 'audit', 'jobs', 'stats'].map((path) => `/admin/${path}`),
  '/nowhere',
];

/** Notes what is in the wrong language on the page as it is now. */
class Reader {
  readonly findings = new Map<string, string>();
  readonly page: Page;
  readonly speaker: Speaker;

  constructor(page: Page, who: Speaker) {
    this.page = page;
    this.speaker = who;
  }

  async read(where: string): Promise<void> {
    await quiet(this.page);
    for (const text of await readable(this.page))
      if (this.speaker.isForeign(text) && !this.findings.has(text)) this.findings.set(text, where);
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(path);
    await this.page.locator('h1').first().waitFor();
    await this.read(path);
    expect(await this.page.locator('html').getAttribute('lang')).toBe(this.speaker.language);
  }
}

async function signUp(reader: Reader): Promise<void> {
  const { page, speaker } = reader;
  const { auth } = speaker.texts;
  const email = newAddress();
  await page.goto('/sign-up');
  await page.getByLabel(auth.name).fill('Ada');
  await page.locator('input[autocomplete=email]').fill(email);
  await page.getByLabel(auth.password, { exact: true }).fill('short');
  await page.getByRole('button', { name: auth.signUp }).click();
  await reader.read('a password that is too short');
  await page.getByLabel(auth.password, { exact: true }).fill('iloveyou');
  await page.getByRole('button', { name: auth.signUp }).click();
  await page.getByText(speaker.server.sentences[COMMON] as string).waitFor();
  await reader.read('a password that is too common');
  await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: auth.signUp }).click();
  await page.getByLabel(auth.codeLabel(1)).waitFor();
  await reader.read('the code');
  const mail = await mailTo(page, email, /\d{6}/);
  if (speaker.language === 'hi') expect(latinIn(mail.subject)).toEqual([]);
  expect(mail.html).toContain(`<html lang="${speaker.locale}"`);
  await page.getByLabel(auth.codeLabel(1)).focus();
  await page.keyboard.insertText('000000');
  await page.getByRole('alert').first().waitFor();
  await reader.read('a wrong code');
  await page.getByLabel(auth.codeLabel(1)).focus();
  await page.keyboard.insertText(await codeFor(page, email));
  await page.waitForURL('**/today');
  const me = await (await page.request.get('/v1/users/me')).json();
  expect(me).toMatchObject({ locale: speaker.locale, timeZone: speaker.zone, version: 1 });
}

/** A little of everything, in the person's own words. */
async function fill(page: Page, word: string): Promise<string> {
  const rest = { title: word, category: word, labels: [word], description: word };
  const task = await createTask(page, {
    ...rest,
    dueDate: inDays(0.1),
    estimateMinutes: 90,
    priority: 'high',
  });
  await createTask(page, { ...rest, dueDay: dayIn(-2) });
  await createTask(page, { ...rest, parentId: task.id });
  await createTask(page, {
    ...rest,
    dueDate: inDays(2),
    recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' },
  });
  const done = await createTask(page, rest);
  await send(page, 'POST', `/v1/tasks/${done.id}/complete`, undefined);
  await send(page, 'POST', '/v1/reminders', { taskId: task.id, type: 'both', offsetMinutes: 10 });
  const prompts = [{ question: word, answer: word }];
  for (const grade of ['again', 'easy']) {
    const { id: taskId } = await createTask(page, rest);
    const review = await send<{ id: string }>(page, 'POST', '/v1/reviews', { taskId, prompts });
    if (grade === 'easy')
      await send(page, 'POST', `/v1/reviews/${review.id}/grade`, { grade, durationMs: 9_000 });
  }
  await send(page, 'PUT', '/v1/exams', { name: word, day: dayIn(12), category: word });
  const address = { taxId: '123456789', address: word, contactEmail: newAddress() };
  await send(page, 'PUT', '/v1/users/me/merchant', { businessName: word, category: word, ...address });
  return task.id;
}

browserSuite('no English is left for who reads another language', (stage) => {
  test.each(SPEAKERS)('$language', SLOW, async (who) => {
    const page = await stage.open({ locale: who.locale, timezoneId: who.zone });
    const reader = new Reader(page, who);
    for (const path of OUTSIDE) await reader.visit(path);
    await signUp(reader);
    const taskId = await fill(page, who.word);
    for (const path of who.language === 'es' ? BRIEFLY : INSIDE) await reader.visit(path);
    await reader.visit(`/tasks?task=${taskId}`);
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await reader.read('the drawer');
    await reader.visit('/today');
    await page.keyboard.press('ControlOrMeta+k');
    const palette = page.getByPlaceholder(who.texts.palette.placeholder);
    await palette.fill(`${who.word} 2`);
    await reader.read('the palette');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: who.texts.palette.help }).waitFor();
    await reader.read('the keyboard shortcuts');
    expect(Object.fromEntries(reader.findings)).toEqual({});
  });
});
