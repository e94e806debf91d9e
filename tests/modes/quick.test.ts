import { beforeAll, describe, expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';

interface Preview {
  title: string;
  dueDate: string | null;
  priority: string;
  category: string | null;
  estimateMinutes: number | null;
  recurrence: { rrule: string } | null;
}

interface QuickTexts {
  placeholder: string;
  more: string[];
}

/** The catalogues are typed for a browser, which tests are not. */
const load = async (language: string): Promise<[string, QuickTexts]> => {
  const { quickAdd } = await import(`../../web/src/texts/${language}/quick-add.ts`);
  return [language, quickAdd];
};
const CATALOGUES = await Promise.all(['en', 'de', 'es', 'hi'].map(load));

const client = createClient(inject('systemUrl'));

describe.each(CATALOGUES)('what the app proposes in %s', (locale, texts) => {
  let person: Person;
  const send = <T>(path: string, method: string, json: object) =>
    client.send<T>(path, { method, headers: person.headers, json });
  const preview = async (text: string) =>
    (await send<Preview>('/v1/tasks/quick?preview=1', 'POST', { text })).body;

  beforeAll(async () => {
    person = await client.signUp();
    await send('/v1/users/me', 'PATCH', { locale });
    // Other processes hear of it in a moment.
    await waitFor(async () => (await preview(texts.placeholder)).dueDate !== null, 5_000, 'the language');
  });

  test('the example is understood to the last word', async () => {
    const [title, category] = texts.placeholder.split(/ (?:tomorrow|morgen|mañana|कल) .*#(\S+)/u);
    expect(await preview(texts.placeholder)).toMatchObject({
      title,
      category,
      priority: 'high',
      dueDate: expect.stringContaining('T09:00'),
    });
  });

  test('so are the words to add', async () => {
    const [when, repeat, priority, estimate] = texts.more;
    expect(await preview(`X ${when} ${repeat} ${priority} ${estimate}`)).toMatchObject({
      title: 'X',
      dueDate: expect.stringContaining('T09:00'),
      recurrence: { rrule: 'FREQ=WEEKLY' },
      priority: 'high',
      estimateMinutes: 30,
    });
  });
});
