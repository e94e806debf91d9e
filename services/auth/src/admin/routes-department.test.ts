import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALONE, createPeople } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let { as, isSignedIn, withRole } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as, isSignedIn, withRole } = createPeople(t));
  admin = await signUp(t);
  person = await signUp(t);
});
afterAll(() => t.close());

const setIt = (body: object, who = admin) => as(who, 'PATCH', `/v1/admin/users/${person.user.id}`, body);

test('an admin sets department and editor; the person sees both, and stays signed in', async () => {
  const none = { department: null, isEditor: false };
  expect((await as(person, 'GET', '/v1/users/me')).json()).toMatchObject(none);
  const both = { department: 'Physics', isEditor: true };
  const answer = await setIt(both);
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining(both)]);
  expect(await isSignedIn(person)).toBe(true);
  expect((await as(person, 'GET', '/v1/users/me')).json()).toMatchObject(both);
  await setIt({ department: null });
  expect((await as(person, 'GET', '/v1/users/me')).json()).toMatchObject({ ...both, department: null });
  await setIt({ department: null, isEditor: true });
  const { items } = (await as(admin, 'GET', `/v1/admin/audit?targetId=${person.user.id}`)).json();
  expect(items.map(({ action, detail }: Record<string, unknown>) => [action, detail]).reverse()).toEqual([
    ['user.department_changed', { from: null, to: 'Physics' }],
    ['user.editor_changed', { to: true }],
    ['user.department_changed', { from: 'Physics', to: null }],
  ]);
});

test('nobody sets it for themselves, nor a moderator for others', async () => {
  const own = [
    ['PATCH', '/v1/users/me'],
    ['POST', '/v1/users/me/complete-profile'],
  ] as const;
  for (const [method, url] of own)
    for (const field of [{ department: 'Physics' }, { isEditor: true }]) {
      const answer = await as(person, method, url, { name: 'Per Son', ...field });
      expect(answer.statusCode).toBe(400);
      const paths = answer.json().errors.map(({ path }: { path: string }) => path);
      expect(paths).toContain(`body.${Object.keys(field)[0]}`);
    }
  const moderator = await withRole(admin, 'MODERATOR');
  for (const who of [person, moderator])
    expect((await setIt({ department: 'Physics' }, who)).statusCode).toBe(403);
});

test.each([
  { department: '' },
  { department: ' ' },
  { department: 'x'.repeat(81) },
  { department: 7 },
  { department: 'a\u0000' },
  { isEditor: null },
  { isEditor: 'true' },
])('refuses %j', async (body) => {
  expect((await setIt(body)).statusCode).toBe(400);
});
