import { expect, inject, test } from 'vitest';
import { createPeople, newEmail, PASSWORD } from './people.ts';

const { post, signUp } = createPeople(inject('systemUrl'));

type Ask = (email: string) => ReturnType<typeof post>;

const SAMPLES = 14;

const quantile = (sorted: number[], q: number) => sorted[Math.floor((sorted.length - 1) * q)] as number;

/**
 * Answers and times for known and unknown addresses, asked in turn so that the machine's mood hits both alike. Each
 * second pair is asked the other way round: a known address is sent a mail after its answer, which on a small machine
 * takes time from whatever is asked next.
 */
async function compare(ask: Ask, known: string[]) {
  const timed = async (email: string) => {
    const startedAt = performance.now();
    const answer = await ask(email);
    return { answer, ms: performance.now() - startedAt };
  };
  const samples = {
    known: [] as Awaited<ReturnType<typeof timed>>[],
    unknown: [] as Awaited<ReturnType<typeof timed>>[],
  };
  for (const [index, email] of known.entries()) {
    const isKnownFirst = index % 2 === 0;
    if (isKnownFirst) samples.known.push(await timed(email));
    samples.unknown.push(await timed(newEmail()));
    if (!isKnownFirst) samples.known.push(await timed(email));
  }
  const shape = ({ answer }: (typeof samples.known)[number]) => ({
    status: answer.status,
    headers: [...answer.headers.keys()].filter((name) => !/^(date|keep-alive)$/.test(name)).sort(),
    fields: Object.keys(answer.body as object).sort(),
  });
  return {
    shapes: { known: samples.known.map(shape), unknown: samples.unknown.map(shape) },
    times: {
      known: samples.known.map(({ ms }) => ms).sort((a, b) => a - b),
      unknown: samples.unknown.map(({ ms }) => ms).sort((a, b) => a - b),
    },
  };
}

/** How often a value of `a` is the larger one of a random pair (Mann-Whitney): 0.5 where they cannot be told apart. */
function shareAbove(a: number[], b: number[]): number {
  const above = a.flatMap((x) => b.map((y) => Number(x > y) + Number(x === y) / 2));
  return above.reduce((sum, one) => sum + one, 0) / above.length;
}

/**
 * The distributions must not come apart: neither nearly always the slower one, nor by half in the middle. Both are
 * asked for, as a busy machine shifts one of them now and then.
 */
function expectAlike({ shapes, times }: Awaited<ReturnType<typeof compare>>) {
  expect(shapes.known).toEqual(shapes.unknown);
  const share = shareAbove(times.known, times.unknown);
  const ratio = quantile(times.known, 0.5) / quantile(times.unknown, 0.5);
  const comeApart = (share > 0.9 && ratio > 1.5) || (share < 0.1 && ratio < 1 / 1.5);
  expect({ share, ratio, comeApart }).toMatchObject({ comeApart: false });
}

async function knownAddresses(): Promise<string[]> {
  const emails: string[] = [];
  for (let index = 0; index < SAMPLES; index += 1) emails.push((await signUp()).email);
  return emails;
}

test('nobody learns by status, body, headers or time who has an account', { timeout: 60_000 }, async () => {
  const known = await knownAddresses();
  const asks: Record<string, Ask> = {
    login: (identifier) => post('/v1/auth/login', { identifier, password: 'not the password' }),
    forgot: (email) => post('/v1/auth/password/forgot', { email }),
    otp: (email) => post('/v1/auth/otp/request', { email }),
  };
  for (const ask of Object.values(asks)) {
    expectAlike(await compare(ask, known));
  }
});

test('nor by signing up again', { timeout: 60_000 }, async () => {
  // A known address was sent its sign-up code within the minute, so the comparison is between two that were.
  const known = (await signUp()).email;
  const unknown = newEmail();
  const ask: Ask = (email) => post('/v1/auth/signup', { email, password: PASSWORD, name: 'Ada' });
  await ask(unknown);
  const [a, b] = [await ask(known), await ask(unknown)];
  expect([a.status, Object.keys(a.body as object).sort()]).toEqual([
    b.status,
    Object.keys(b.body as object).sort(),
  ]);
});
