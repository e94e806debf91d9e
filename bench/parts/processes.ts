import { availableParallelism } from 'node:os';
import { bearer, newPerson, type Part } from '../lib/part.ts';
import { giveTasks, signIn } from '../lib/people.ts';
import { tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';

const PATH = '/v1/tasks?limit=50';
const GOAL = 1.7;
/** Two for the processes, one for PostgreSQL, one for the load. */
const NEEDED_CORES = 4;

export const processes: Part = {
  about: 'two processes that share a port beside one, where PostgreSQL is not the limit',
  async run(world, effort) {
    const one = await world.spacedly('one process', { LOG_LEVEL: 'info' });
    const two = await world.spacedly('two processes', { LOG_LEVEL: 'info' }, ['--processes', '2']);
    const person = await newPerson(one.url);
    await giveTasks(world, person.userId, 500);
    const tokens = [await signIn(one.url, person), await signIn(two.url, person)];
    const first = await fetch(one.url + PATH, { headers: bearer(tokens[0] as string) });
    await first.arrayBuffer();
    const etag = first.headers.get('etag');
    if (etag === null) throw new Error('the list has no ETag');
    const runners = [one, two].map(({ name, url, pid }, index) => {
      const headers = { ...bearer(tokens[index] as string), 'if-none-match': etag };
      return { name, pid, target: { url: url + PATH, status: 304, headers } };
    });
    const rows = await alternate(runners, { ...effort, connections: 64, databasePid: world.databasePid });
    const cores = availableParallelism();
    const hasEnough = cores >= NEEDED_CORES;
    const words =
      `With ${cores} cores, which one process, PostgreSQL and the load fill already, the rate says nothing. Where there are ` +
      `enough, two processes do ${GOAL} times as much when a request costs them at most 1 ÷ 0.85 of the processor time: the ` +
      'ratio by CPU must be at least 0.85.\n\n';
    const goal = { of: two.name, to: one.name, ...(hasEnough && { atLeast: GOAL }) };
    const text = (hasEnough ? '' : words) + tables(rows, [goal]);
    return [{ title: `GET ${PATH}, unchanged (304), 64 connections`, text }];
  },
};
