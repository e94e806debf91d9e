import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALONE, createPeople } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let { as, login, isSignedIn } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as, login, isSignedIn } = createPeople(t));
  admin = await signUp(t);
});
afterAll(() => t.close());

const url = (who: SignedUp) => `/v1/admin/users/${who.user.id}`;

/** Signs in twelve times while `deed` is done, and gives back every token that was handed out. */
async function signInDuring(who: SignedUp, deed: () => Promise<{ statusCode: number }>) {
  const attempts = Array.from({ length: 12 }, (_, n) => (n === 5 ? deed() : login(who)));
  const answers = await Promise.all(attempts as ReturnType<typeof login>[]);
  expect(answers[5]?.statusCode).toBeLessThan(300);
  return answers.flatMap((answer, n) => {
    const tokens = n === 5 || answer.statusCode !== 200 ? undefined : answer.json().tokens;
    return tokens === undefined
      ? []
      : [{ ...tokens, headers: { authorization: `Bearer ${tokens.accessToken}` } }];
  });
}

test.each([
  ['deactivated', (who: SignedUp) => as(admin, 'PATCH', url(who), { isActive: false })],
  ['deleted', (who: SignedUp) => as(admin, 'DELETE', url(who))],
])('no sign-in at the moment an account is %s outlives it', async (_name, deed) => {
  for (let round = 0; round < 3; round += 1) {
    const who = await signUp(t);
    const granted = await signInDuring(who, () => deed(who));
    for (const tokens of granted) await waitFor(async () => !(await isSignedIn(tokens)), 1_000);
    for (const { refreshToken } of granted) {
      const answer = await t.app.inject({
        method: 'POST',
        url: '/v1/auth/refresh',
        payload: { refreshToken },
      });
      expect(answer.statusCode).toBe(401);
    }
  }
});

test('no sign-in at the moment of a demotion keeps the old role', async () => {
  for (let round = 0; round < 3; round += 1) {
    const who = await signUp(t);
    await as(admin, 'PATCH', url(who), { role: 'MODERATOR' });
    const granted = await signInDuring(who, () => as(admin, 'PATCH', url(who), { role: 'USER' }));
    for (const tokens of granted) {
      await waitFor(async () => (await as(tokens, 'GET', '/v1/admin/users')).statusCode !== 200, 1_000);
    }
  }
});

test('a personal access token dies with the account, at once', async () => {
  const who = await signUp(t);
  const made = await as(who, 'POST', '/v1/auth/tokens', { name: 'script', scopes: ['users:read'] });
  const script = { headers: { authorization: `Bearer ${made.json().token}` } };
  expect(await isSignedIn(script)).toBe(true);
  await as(admin, 'PATCH', url(who), { isActive: false });
  await waitFor(async () => !(await isSignedIn(script)), 1_000);
  await as(admin, 'PATCH', url(who), { isActive: true });
  // That a token is refused is remembered for five seconds.
  await waitFor(() => isSignedIn(script), 7_000);
  await as(admin, 'DELETE', url(who));
  await waitFor(async () => !(await isSignedIn(script)), 1_000);
});
