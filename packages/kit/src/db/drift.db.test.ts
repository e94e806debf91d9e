import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { findDrift } from './drift.ts';

const SCHEMAS = ['auth', 'tasks', 'documents', 'notifications'];
const services = SCHEMAS.map((schema) => ({
  schema,
  folder: fileURLToPath(new URL(`../../../../services/${schema}/migrations`, import.meta.url)),
}));

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('a database that only migrations have changed has no drift, and is as before', async () => {
  const shape = `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = ANY ($1)`;
  const before = await client.query(shape, [SCHEMAS]);
  expect(await findDrift(client, services)).toEqual([]);
  expect((await client.query(shape, [SCHEMAS])).rows).toEqual(before.rows);
});

test('what was changed by hand is named: columns, indexes, constraints, triggers, functions, types', async () => {
  await client.query(`
    ALTER TABLE tasks.tasks ADD COLUMN extra text;
    ALTER TABLE tasks.tasks ALTER COLUMN title DROP NOT NULL;
    DROP INDEX documents.comments_of_author;
    ALTER TABLE documents.comments DROP CONSTRAINT comments_doc_id_documents_id_fk;
    DROP TRIGGER comments_searched ON documents.comments;
    ALTER TYPE documents.visibility ADD VALUE 'secret';
    CREATE OR REPLACE FUNCTION documents.search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT given'`);
  const drifts = await findDrift(client, services);
  expect(drifts.map(({ schema }) => schema)).toEqual(['tasks', 'documents']);
  const begun = (lines: string[] | undefined) => lines?.map((line) => line.split(/[(\n]/)[0]?.slice(0, 75));
  expect(drifts[0]).toEqual({
    schema: 'tasks',
    missing: ['column tasks.title text not null'],
    unexpected: ['column tasks.extra text', 'column tasks.title text'],
  });
  expect(begun(drifts[1]?.missing)).toEqual([
    'constraint comments.comments_doc_id_documents_id_fk FOREIGN KEY ',
    'function CREATE OR REPLACE FUNCTION documents.search_text',
    'index CREATE INDEX comments_of_author ON documents.comments USING btree ',
    'trigger CREATE TRIGGER comments_searched AFTER INSERT OR DELETE OR UPDATE O',
    'type visibility ',
  ]);
  expect(begun(drifts[1]?.unexpected)).toEqual([
    'function CREATE OR REPLACE FUNCTION documents.search_text',
    'type visibility ',
  ]);
});

test('a database without tables has no drift: everything is pending', async () => {
  const empty = await createTestDatabase({ isEmpty: true });
  const other = new pg.Client(empty.url);
  await other.connect();
  expect(await findDrift(other, services)).toEqual([]);
  await other.end();
  await empty.drop();
});
