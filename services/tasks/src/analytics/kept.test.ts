import { expect, test } from 'vitest';
import { createKept, type Moment } from './kept.ts';

const at = (time: string, userId = 'a'): Moment => {
  const now = new Date(`2027-03-03T${time}Z`);
  return { userId, timeZone: 'UTC', now, today: '2027-03-03' };
};

/** Answers with how often it was asked to make one. */
function counting(maxBytes: number) {
  let made = 0;
  let version: string | undefined = '1';
  let untilMs: number | null = null;
  const told = createKept({ maxBytes, findVersion: async () => version });
  return {
    set: (next: { version?: string | undefined; until?: string }) => {
      if ('version' in next) version = next.version;
      if (next.until !== undefined) untilMs = at(next.until).now.getTime();
    },
    async ask(moment: Moment, name = 'x') {
      const make = async () => {
        made += 1;
        return { body: made, version: version ?? '1', untilMs };
      };
      return Number((await told(name, moment, make)).text);
    },
  };
}

test('an answer is made again when its version is another, or not known', async () => {
  const { ask, set } = counting(10_000);
  expect([await ask(at('10:00')), await ask(at('11:00'))]).toEqual([1, 1]);
  set({ version: '2' });
  expect([await ask(at('11:00')), await ask(at('11:00'))]).toEqual([2, 2]);
  set({ version: undefined });
  expect(await ask(at('11:00'))).toBe(3);
});

test.each<[string, Partial<Moment>]>([
  ['time went past its end', { now: at('12:00').now }],
  ['the clock was put back', { now: at('09:59').now }],
  ['it is another day where the person lives', { today: '2027-03-04' }],
  ['the person moved', { timeZone: 'Europe/Berlin' }],
  ['another person asks', { userId: 'b' }],
  ['the day in UTC is over', { now: new Date('2027-03-04T00:00Z') }],
])('so it is when %s', async (_, other) => {
  const { ask, set } = counting(10_000);
  set({ until: '12:00' });
  expect([await ask(at('10:00')), await ask(at('11:59'))]).toEqual([1, 1]);
  expect(await ask({ ...at('11:00'), ...other })).toBe(2);
});

test('what was asked for longest ago goes when there is no room, and all that is of yesterday', async () => {
  const { ask } = counting(1_200);
  expect([await ask(at('10:00', 'a')), await ask(at('10:00', 'b'))]).toEqual([1, 2]);
  expect(await ask(at('10:01', 'a'))).toBe(1);
  expect(await ask(at('10:02', 'c'))).toBe(3);
  expect(await ask(at('10:03', 'a'))).toBe(1);
  expect(await ask(at('10:04', 'b'))).toBe(4);
});

test('nothing is kept where there is no room for anything', async () => {
  const { ask } = counting(0);
  expect([await ask(at('10:00')), await ask(at('10:00'))]).toEqual([1, 2]);
});

test('tags are those of a person and of what they are told', async () => {
  const told = createKept({ maxBytes: 0, findVersion: async () => undefined });
  const tagOf = async (userId: string, body: unknown) =>
    (await told('x', at('10:00', userId), async () => ({ body, version: '1', untilMs: null }))).etag;
  expect(await tagOf('a', 1)).toBe(await tagOf('a', 1));
  expect(new Set([await tagOf('a', 1), await tagOf('b', 1), await tagOf('a', 2)]).size).toBe(3);
});
