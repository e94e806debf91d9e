// The limit: Fastify and `pg`, one prepared statement, no check of anything. The user is named by a header.
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL) });
const app = Fastify();

const LIST = `
  SELECT coalesce(json_agg(row_to_json(t)), '[]')::text AS items FROM (
    SELECT t.*,
      (SELECT coalesce(json_agg(row_to_json(r) ORDER BY r.scheduled_at, r.id), '[]') FROM tasks.reminders r WHERE r.task_id = t.id) AS reminders,
      (SELECT coalesce(json_agg(row_to_json(a) ORDER BY a.id), '[]') FROM tasks.attachments a WHERE a.task_id = t.id) AS attachments
    FROM tasks.tasks t WHERE t.user_id = $1 AND t.deleted_at IS NULL
    ORDER BY t.created_at DESC, t.id DESC LIMIT 50) AS t`;
const ME = 'SELECT * FROM auth.users WHERE id = $1';
const CREATE = `INSERT INTO tasks.tasks (id, user_id, title, created_at, updated_at) VALUES (gen_random_uuid(), $1, $2, now(), now()) RETURNING *`;

const json = (reply, text) => reply.type('application/json; charset=utf-8').send(text);
const userOf = (request) => request.headers['x-user'];

app.get('/ready', () => 'ok');
app.get('/nothing', () => ({ ok: true }));
app.get('/list', async (request, reply) => {
  const { rows } = await pool.query({ name: 'list', text: LIST, values: [userOf(request)] });
  return json(reply, `{"items":${rows[0].items},"nextCursor":null}`);
});
app.get('/me', async (request) => {
  const { rows } = await pool.query({ name: 'me', text: ME, values: [userOf(request)] });
  return rows[0];
});
app.post('/create', async (request, reply) => {
  const { rows } = await pool.query({
    name: 'create',
    text: CREATE,
    values: [userOf(request), request.body.title],
  });
  return reply.code(201).send(rows[0]);
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
