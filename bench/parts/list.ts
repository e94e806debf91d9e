import { probe } from '../lib/load.ts';
import { headersFor, newPerson, type Part, startTrio } from '../lib/part.ts';
import { giveOthers, giveTasks } from '../lib/people.ts';
import { tables } from '../lib/report.ts';
import { alternate } from '../lib/rounds.ts';

function checkList(body: string): void {
  const { items } = JSON.parse(body) as { items: { reminders: unknown[]; attachments: unknown[] }[] };
  const isWhole = items.every(
    ({ reminders, attachments }) => reminders.length === 2 && attachments.length === 2,
  );
  if (items.length !== 50 || !isWhole) throw new Error(`not the list asked for: ${body.slice(0, 300)}`);
}

export const list: Part = {
  about: 'the first 50 tasks with two reminders and two attachments each: read anew, and unchanged',
  async run(world, effort) {
    const trio = await startTrio(world);
    const { ours, express, bare } = trio;
    const person = await newPerson(ours.url);
    await giveTasks(world, person.userId, 500);
    await giveOthers(world, 400, 250);
    const headers = await headersFor(trio, person);
    const path = '/v1/tasks?limit=50';
    const first = await fetch(ours.url + path, { headers: headers.ours });
    const etag = first.headers.get('etag');
    await first.arrayBuffer();
    const size = (await probe({ url: ours.url + path, headers: headers.ours })).length;
    const unchanged = 'Spacedly, 304';
    const runners = [
      {
        name: ours.name,
        pid: ours.pid,
        check: checkList,
        target: { url: ours.url + path, headers: headers.ours },
      },
      ...(etag === null
        ? []
        : [
            {
              name: unchanged,
              pid: ours.pid,
              target: {
                url: ours.url + path,
                status: 304,
                headers: { ...headers.ours, 'if-none-match': etag },
              },
            },
          ]),
      {
        name: express.name,
        pid: express.pid,
        check: checkList,
        target: { url: `${express.url}/list`, headers: headers.express },
      },
      {
        name: bare.name,
        pid: bare.pid,
        check: checkList,
        target: { url: `${bare.url}/list`, headers: headers.bare },
      },
    ];
    const rows = await alternate(runners, { ...effort, connections: 32, databasePid: world.databasePid });
    return [
      {
        title: `GET ${path}`,
        text: `${size.toLocaleString('en-US')} bytes; 500 tasks of the person, 100,000 of others.\n\n${tables(
          rows,
          [
            { of: ours.name, to: bare.name, atLeast: 0.9 },
            { of: ours.name, to: express.name, atLeast: 5 },
            ...(etag === null ? [] : [{ of: unchanged, to: express.name, atLeast: 15 }]),
          ],
        )}`,
      },
    ];
  },
};
