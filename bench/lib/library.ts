import type { World } from './world.ts';

const SYLLABLES = 'bacadafagahajakalamanapabecedefegehejekelemenepebocodofogohojoko';
const ENDINGS = ['', 's', 'tion', 'ing'];
/** Words that there are: the n-th is used n times as rarely as the first (Zipf's law). */
export const VOCABULARY = 30_000;

/** The n-th word, from 1: three syllables that say the number, and an ending. */
export function word(n: number): string {
  const syllable = (digit: number) => SYLLABLES.slice(2 * (digit % 32), 2 * (digit % 32) + 2);
  return [n, n >> 5, n >> 10].map(syllable).join('') + ENDINGS[n % 4];
}

/** So many words of their own for each row of `n`, as SQL. */
const words = (count: number) => `(SELECT string_agg(
    substr('${SYLLABLES}', 1 + 2 * (w % 32), 2) || substr('${SYLLABLES}', 1 + 2 * ((w >> 5) % 32), 2)
      || substr('${SYLLABLES}', 1 + 2 * ((w >> 10) % 32), 2) || (ARRAY['${ENDINGS.join("','")}'])[1 + w % 4], ' ')
   FROM (SELECT floor(exp(random() * ln(${VOCABULARY})))::int AS w FROM generate_series(1, ${count}) WHERE n > 0) AS drawn)`;

const BATCH = 100_000;

export interface Library {
  tasks: number;
  /** Who owns each `every`-th of them. Owners named first come first; all else belongs to a thousand others. */
  owners: readonly { userId: string; every: number }[];
}

/**
 * Tasks with five words in the title and twelve in the description, those of each person scattered over the table as
 * years of use scatter them. The sums of nobody are kept, as nobody here was ever counted.
 */
export async function giveLibrary({ sql }: World, { tasks, owners }: Library): Promise<void> {
  const client = await sql.connect();
  await client.query('SET session_replication_role = replica');
  const owner = owners.map(({ userId, every }) => `WHEN n % ${every} = 0 THEN '${userId}'::uuid`).join(' ');
  for (let from = 1; from <= tasks; from += BATCH) {
    await client.query(
      `INSERT INTO tasks.tasks (id, user_id, title, description, due_date, position, created_at, updated_at)
       SELECT gen_random_uuid(), CASE ${owner} ELSE md5((n % 1000)::text)::uuid END, ${words(5)}, ${words(12)},
         now() + (n % 365) * interval '1 day', n, now() - n * interval '1 minute', now()
       FROM generate_series($1::int, $2::int) AS n`,
      [from, Math.min(tasks, from + BATCH - 1)],
    );
  }
  client.release(true);
  await sql.query('VACUUM ANALYZE tasks.tasks');
}
