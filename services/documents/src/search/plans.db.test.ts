import { authService } from '@spacedly/auth';
import type { Db } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../deps.ts';
import { documentsService } from '../index.ts';
import { beginSearch, findAlike, findWords } from './store.ts';

/**
 * Somebody with a thousandth of all documents. What they search must be found by the index, for whatever words: a plan
 * that reads a whole table gets slower with every other person.
 */
const DOCUMENTS = 20_000;
let t: TestApp;
let person: SignedUp;

async function fill(userId: string): Promise<void> {
  const client = await t.platform.database.pool.connect();
  // Only the speed of the test depends on it: entries are written here as the triggers would, without what is not searched.
  await client.query('SET session_replication_role = replica; SET statement_timeout = 0');
  const owner = `CASE WHEN n % 1000 = 7 THEN '${userId}'::uuid ELSE md5((n % 200)::text)::uuid END`;
  const id = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  await client.query(`
    INSERT INTO documents.documents (id, owner_id, title, visibility, created_at, updated_at)
    SELECT ${id}, ${owner}, 'Common word' || n, (CASE n % 10 WHEN 1 THEN 'public' ELSE 'private' END)::documents.visibility, now(), now()
    FROM generate_series(1, ${DOCUMENTS}) AS n`);
  await client.query(`
    INSERT INTO documents.search_entries (id, doc_id, kind, era, access, words, names)
    SELECT ${id}, ${id}, 'd', n / 100, ARRAY['u' || ${owner}, 'd', 'd' || n / 100] || CASE n % 10 WHEN 1 THEN ARRAY['p'] ELSE '{}' END,
      array_to_tsvector(ARRAY['common', '^c', '^co', '^com', '^comm', 'word' || n, '^w', '^wo', '^wor', '^word']), 'common word' || n
    FROM generate_series(1, ${DOCUMENTS}) AS n`);
  await client.query(`SELECT setval('documents.search_writes', 200000)`);
  for (const table of ['documents', 'search_entries'])
    await client.query(`VACUUM ANALYZE documents.${table}`);
  client.release(true);
}

beforeAll(async () => {
  t = await testApp([authService, documentsService], {
    config: { TASKS_URL: 'http://127.0.0.1:9', NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
  });
  person = await signUp(t);
  await fill(person.user.id);
}, 60_000);
afterAll(() => t.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

const VIEWERS = {
  somebody: () => ({ userId: person.user.id, department: 'Maths', isEditor: true }),
  anybody: () => ({ userId: null, department: null, isEditor: false }),
};

test.each([`'word5007'`, `'common'`, `'^c'`, `'word7':*`, `'common' & '^wo'`, `'common' | 'nothing'`])(
  '%s is looked for by the index, in the newest eras and in all, by somebody and by anybody',
  async (lookup) => {
    for (const viewer of Object.values(VIEWERS)) {
      const search = {
        viewer: viewer() as Viewer,
        types: ['doc', 'comment'] as const,
        limit: 51,
        after: null,
      };
      const plans: Plan[][] = [];
      await t.platform.database.db.transaction(async (tx) => {
        await beginSearch(tx, '', '');
        const execute = async (statement: SQL) => {
          const { rows } = await tx.execute(sql`EXPLAIN (FORMAT JSON) ${statement}`);
          plans.push(nodes((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan));
          return { rows: [{}] };
        };
        const explaining = { execute } as unknown as Db;
        for (const width of [0, 20])
          await findWords(explaining, search, { until: 200, width }, { lookup, full: lookup, by: lookup });
        await findAlike(explaining, search, ['comon']);
      });
      expect(plans).toHaveLength(3);
      for (const plan of plans) {
        expect(plan.map((node) => node['Index Name'])).toContain('search_entries_found');
        expect(plan.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      }
    }
  },
);
