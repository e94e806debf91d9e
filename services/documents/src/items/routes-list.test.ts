import { newId } from '@spacedly/kit';
import type { SignedUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../fixtures/stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await openStage();
});
afterAll(() => s.close());

const list = async (who: SignedUp, query = '') => (await s.as(who, 'GET', `/v1/docs?${query}`)).json();
const titles = async (who: SignedUp, query = '') =>
  (await list(who, query)).items.map(({ title }: { title: string }) => title);

async function share(docId: string, who: SignedUp): Promise<void> {
  await s.query(
    `INSERT INTO documents.document_shares (id, doc_id, user_id, access, created_by, created_at, updated_at)
     VALUES ($1, $2, $3, 'comment', $3, now(), now())`,
    ...[newId(), docId, who.user.id],
  );
}

test('mine, what is shared with me and what my department lets me edit, last changed first, without the text', async () => {
  const { ada, bob } = s;
  await s.query(`UPDATE auth.users SET department = 'Physics' WHERE id = ANY($1)`, [
    ada.user.id,
    bob.user.id,
  ]);
  await s.query('UPDATE auth.users SET is_editor = true WHERE id = $1', bob.user.id);
  await s.query(`SELECT pg_notify('spacedly_user_changed', id::text) FROM auth.users`);
  await expect
    .poll(
      async () =>
        (
          await s.as(ada, 'POST', '/v1/docs', {
            title: 'Department',
            visibility: 'shared',
            department: 'Physics',
          })
        ).statusCode,
    )
    .toBe(201);
  await s.write(bob, { title: 'Mine', content: 'secret', tags: ['exam'] });
  const { id } = await s.write(ada, { title: 'Shared', visibility: 'shared', tags: ['exam'] });
  await share(id, bob);
  const hidden = await s.write(ada, { title: 'Hidden' });
  await share(hidden.id, bob);
  await s.write(ada, { title: 'Public', visibility: 'public' });
  await s.write(ada, { title: 'Private' });

  expect(await titles(bob)).toEqual(['Shared', 'Mine', 'Department']);
  expect(await titles(bob, 'filter=mine')).toEqual(['Mine']);
  expect(await titles(bob, 'filter=shared')).toEqual(['Shared', 'Department']);
  expect(await titles(bob, 'tag=exam')).toEqual(['Shared', 'Mine']);
  expect(await titles(bob, 'tag=Exam')).toEqual([]);
  const { items } = await list(bob);
  expect(items.map(({ access }: { access: string }) => access)).toEqual(['comment', 'owner', 'write']);
  expect(items.map(({ owner }: { owner: { name: string } }) => owner.name)).toEqual(
    [ada, bob, ada].map(({ user }) => user.name),
  );
  expect(JSON.stringify(items)).not.toContain('secret');
  // An admin's list is not everybody's.
  expect(await titles(s.admin)).toEqual([]);
});

test('pages meet each document once while others are written, also those of the same instant', async () => {
  const { admin } = s;
  const made: string[] = [];
  for (let index = 0; index < 9; index += 1) made.push((await s.write(admin, { title: `${index}` })).id);
  await s.query(
    `UPDATE documents.documents SET updated_at = '2026-01-01T00:00:00Z' WHERE id = ANY($1)`,
    made.slice(2, 7),
  );
  const whole = await titles(admin, 'limit=100');
  expect(whole).toHaveLength(9);
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await list(admin, `limit=2${cursor}`);
    seen.push(...page.items.map(({ title }: { title: string }) => title));
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    await s.write(admin, { title: 'New' });
  } while (cursor !== '');
  expect(seen).toEqual(whole);
});

test('a list is one statement, and one question for the names', async () => {
  const seen = await s.statements(() => list(s.bob, 'limit=100'));
  expect(seen).toHaveLength(1);
});

test.each([
  'limit=0',
  'limit=101',
  'filter=theirs',
  'deleted=2',
  'tag=',
  'tag=%00',
  'unknown=1',
  'cursor=nonsense',
  `cursor=${Buffer.from('["2026-01-01T00:00:00.000Z"]').toString('base64url')}`,
  `cursor=${Buffer.from(`["2026-02-30T00:00:00.000Z","${newId()}"]`).toString('base64url')}`,
])('refuses %s', async (query) => {
  const answer = await s.as(s.ada, 'GET', `/v1/docs?${query}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors[0].path).toMatch(/^query\./);
});
