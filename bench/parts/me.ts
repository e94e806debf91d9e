import { headersFor, newPerson, type Part, startTrio } from '../lib/part.ts';
import { tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';

export const me: Part = {
  about: 'who am I: one row of the database behind every check of the product',
  async run(world, effort) {
    const trio = await startTrio(world);
    const person = await newPerson(trio.ours.url);
    const headers = await headersFor(trio, person);
    const { ours, express, bare } = trio;
    const check = (body: string) => {
      if (!body.includes(person.userId)) throw new Error(`not this person: ${body}`);
    };
    const rows = await alternate(
      [
        {
          name: ours.name,
          pid: ours.pid,
          check,
          target: { url: `${ours.url}/v1/users/me`, headers: headers.ours },
        },
        {
          name: express.name,
          pid: express.pid,
          check,
          target: { url: `${express.url}/me`, headers: headers.express },
        },
        { name: bare.name, pid: bare.pid, check, target: { url: `${bare.url}/me`, headers: headers.bare } },
      ],
      { ...effort, connections: 32, databasePid: world.databasePid },
    );
    return [
      {
        title: 'GET /v1/users/me',
        text: tables(rows, [
          { of: ours.name, to: bare.name, atLeast: 0.6 },
          { of: ours.name, to: express.name },
        ]),
      },
    ];
  },
};
