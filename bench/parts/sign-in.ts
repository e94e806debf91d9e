import { newPerson, type Part } from '../lib/part.ts';
import { giveTwins } from '../lib/people.ts';
import { tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';

/** As in the sessions that they have: a device that is new brings a mail along. */
const headers = { 'user-agent': 'bench' };
/** As many wait as keep every place at the hash taken, and far fewer than are told to come back. */
const CONNECTIONS = 16;
const GOAL = 0.9;

export const signIn: Part = {
  about: 'signing in by password beside the hash alone',
  async run(world, effort) {
    const ours = await world.spacedly('Spacedly');
    const wider = await world.spacedly('Spacedly, SIGN_INS_AT_ONCE=4', { SIGN_INS_AT_ONCE: '4' });
    const person = await newPerson(ours.url);
    const hash = await world.peer('the hash alone', 'hash.mjs', { PASSWORD: person.password });
    const twins = await giveTwins(world, person, effort.isQuick ? 200 : 2_000);
    const { password } = person;
    const bodies = twins.map(({ email: identifier }) => ({ identifier, password }));
    const rows = await alternate(
      [
        ...[ours, wider].map(({ name, pid, url }) => ({
          name,
          pid,
          target: { url: `${url}/v1/auth/login`, method: 'POST' as const, headers, bodies },
        })),
        {
          name: hash.name,
          pid: hash.pid,
          target: { url: `${hash.url}/sign-in`, method: 'POST', headers, bodies },
        },
      ],
      { ...effort, connections: CONNECTIONS, databasePid: world.databasePid },
    );
    const text = tables(rows, [
      { of: ours.name, to: hash.name, atLeast: GOAL },
      { of: wider.name, to: hash.name, atLeast: GOAL },
    ]);
    const words =
      `${twins.length.toLocaleString('en-US')} people in turn, ${CONNECTIONS} connections, DB_POOL_MAX=10. The hash alone is ` +
      "the product's own, Argon2id of 19 MiB and two passes, as many at once as there are cores.\n\n";
    return [{ title: 'POST /v1/auth/login', text: words + text }];
  },
};
