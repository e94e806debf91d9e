import { headersFor, newPerson, type Part, startTrio } from '../lib/part.ts';
import { tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';

export const create: Part = {
  about: 'create a task, without and with a due date, which brings a reminder along',
  async run(world, effort) {
    const trio = await startTrio(world);
    const headers = await headersFor(trio, await newPerson(trio.ours.url));
    const { ours, express, bare } = trio;
    const body = { title: 'Read chapter 4' };
    const due = { ...body, dueDate: '2031-03-03T09:00:00.000Z' };
    const create = { method: 'POST', status: 201 } as const;
    const withDue = `${ours.name}, with a due date`;
    const rows = await alternate(
      [
        {
          name: ours.name,
          pid: ours.pid,
          target: { ...create, url: `${ours.url}/v1/tasks`, headers: headers.ours, body },
        },
        {
          name: withDue,
          pid: ours.pid,
          target: { ...create, url: `${ours.url}/v1/tasks`, headers: headers.ours, body: due },
        },
        {
          name: express.name,
          pid: express.pid,
          target: { ...create, url: `${express.url}/create`, headers: headers.express, body },
        },
        {
          name: bare.name,
          pid: bare.pid,
          target: { ...create, url: `${bare.url}/create`, headers: headers.bare, body },
        },
      ],
      { ...effort, connections: 32, databasePid: world.databasePid },
    );
    return [
      {
        title: 'POST /v1/tasks',
        text: tables(rows, [
          { of: ours.name, to: bare.name, atLeast: 0.6 },
          { of: withDue, to: bare.name },
          { of: ours.name, to: express.name },
        ]),
      },
    ];
  },
};
