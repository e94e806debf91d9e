import { type Platform, Problem } from '@spacedly/kit';
import { type DeadLetter, findDeadLetters } from './store.ts';

type Deps = Pick<Platform, 'database' | 'jobs'>;

/** Dead letters put back on their queues in one statement. */
const BATCH = 500;

async function redrive({ jobs }: Deps, letters: readonly DeadLetter[]): Promise<number> {
  let moved = 0;
  for (const [name, same] of Map.groupBy(letters, (letter) => letter.name)) {
    const ids = same.map(({ id }) => id);
    moved += await jobs.boss.redrive(name, { ids, limit: ids.length });
  }
  return moved;
}

/** Runs a dead letter again. @throws Problem JOB_NOT_FOUND */
export async function retryJob(deps: Deps, id: string): Promise<void> {
  const letters = await findDeadLetters(deps.database.db, { id, limit: 1 });
  if ((await redrive(deps, letters)) === 0) throw new Problem('JOB_NOT_FOUND');
}

/** Runs all dead letters again that fit. @returns how many */
export async function retryJobs(
  deps: Deps,
  where: { queue?: string | undefined; type?: string | undefined },
): Promise<number> {
  let retried = 0;
  for (;;) {
    const letters = await findDeadLetters(deps.database.db, { ...where, limit: BATCH });
    const moved = await redrive(deps, letters);
    retried += moved;
    // Whatever fails again comes back as a new letter; one round is what was asked for.
    if (letters.length < BATCH || moved === 0) return retried;
  }
}

/** Discards a dead letter. @throws Problem JOB_NOT_FOUND */
export async function discardJob({ database, jobs }: Deps, id: string): Promise<void> {
  const [letter] = await findDeadLetters(database.db, { id, limit: 1 });
  if (letter === undefined) throw new Problem('JOB_NOT_FOUND');
  await jobs.boss.deleteJob(letter.name, id);
}
