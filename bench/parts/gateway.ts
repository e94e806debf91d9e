import { probe } from '../lib/load.ts';
import { bearer, type Effort, newPerson, type Part } from '../lib/part.ts';
import { signIn } from '../lib/people.ts';
import type { Contender } from '../lib/processes.ts';
import { type Behind, type Section, spread, tables } from '../lib/report.ts';
import { alternate, type Row, type Runner } from '../lib/rounds.ts';
import type { World } from '../lib/world.ts';

const PATH = '/v1/bench/thing';
const DIRECT = 'the upstream itself';
const UPSTREAM: Behind = { name: 'upstream', isCounted: false };
/** Never reached, so that every request is counted and none refused. */
const LIMIT = '1000000/1s';
const PEERS = [
  ['bare undici', 'undici'],
  ['@fastify/http-proxy', 'fastify'],
  ['fast-gateway', 'fast'],
  ['http-proxy-middleware, keep-alive', 'middleware'],
  ['Express gateway, a connection for each request', 'usual'],
] as const;
const [UNDICI, FASTIFY, , , USUAL] = PEERS.map(([name]) => name) as [string, string, string, string, string];

/** The gateway apart from its services, with a foreign route that asks for a sign-in. */
async function startGateway(world: World, upstream: Contender): Promise<{ ours: Contender; token: string }> {
  const settings = { PUBLIC_URL: 'http://127.0.0.1', LOG_LEVEL: 'info', RATE_LIMIT_DEFAULT: LIMIT };
  const services = await world.spacedly('services', settings, ['--services', 'auth,tasks,notifications']);
  const ours = await world.spacedly(
    'Spacedly',
    {
      ...settings,
      AUTH_URL: services.url,
      TASKS_URL: services.url,
      DOCUMENTS_URL: services.url,
      NOTIFICATIONS_URL: services.url,
      GATEWAY_ROUTES: JSON.stringify([{ name: 'bench', path: '/v1/bench', upstreams: [upstream.url] }]),
    },
    ['--services', 'gateway'],
  );
  return { ours, token: await signIn(ours.url, await newPerson(ours.url)) };
}

async function runners(world: World, upstream: Contender): Promise<Runner[]> {
  const direct = await probe({ url: upstream.url + PATH });
  const check = (body: string) => {
    if (body !== direct) throw new Error(`not the upstream's answer: ${body.slice(0, 200)}`);
  };
  const runner = ({ name, url, pid }: Contender, token?: string): Runner => ({
    name,
    pid,
    check,
    target: { url: url + PATH, headers: token === undefined ? {} : bearer(token) },
  });
  const { ours, token } = await startGateway(world, upstream);
  const all = [runner(ours, token)];
  for (const [name, PROXY] of PEERS) {
    const peer = await world.peer(name, 'proxies.mjs', { PROXY, UPSTREAM: upstream.url });
    const own = PROXY === 'usual' ? JSON.parse(await probe({ url: `${peer.url}/token` })).token : undefined;
    all.push(runner(peer, own));
  }
  const nginx = await world.nginx('nginx', [upstream.url]);
  if (nginx !== null) all.push(runner(nginx));
  return all;
}

/** What each adds to the median of going to the upstream directly, round by round. */
function addedLatency(rows: readonly Row[]): string {
  const direct = rows.find(({ name }) => name === DIRECT) as Row;
  const lines = rows
    .filter((row) => row !== direct)
    .map(({ name, p50 }) => {
      const added = p50.map((value, round) => value - (direct.p50[round] as number));
      return `| ${name} | ${spread(added)} |`;
    });
  return ['| contender | added to the median, ms |', '|---|---|', ...lines].join('\n');
}

/** The policies in one process, where there is nothing to pass on. */
async function policies(world: World, effort: Effort): Promise<Section> {
  const settings = { LOG_LEVEL: 'info', RATE_LIMIT_DEFAULT: LIMIT };
  const ours = await world.program('Spacedly, all policies', 'nothing.ts', settings);
  const bare = await world.peer('Fastify', 'bare.mjs');
  const token = await signIn(ours.url, await newPerson(ours.url));
  const rows = await alternate(
    [
      {
        name: ours.name,
        pid: ours.pid,
        target: { url: `${ours.url}/v1/users/nothing`, headers: bearer(token) },
      },
      { name: bare.name, pid: bare.pid, target: { url: `${bare.url}/nothing` } },
    ],
    { ...effort, connections: 32, databasePid: world.databasePid },
  );
  const goals = [{ of: ours.name, to: bare.name, atLeast: 0.85 }];
  return { title: 'A route that does nothing, in one process', text: tables(rows, goals) };
}

export const gateway: Part = {
  about: 'the gateway in front of other processes, all policies on, beside proxies that have none',
  async run(world, effort) {
    const upstream = await world.peer(DIRECT, 'upstream.mjs');
    const all = await runners(world, upstream);
    const settings = { ...effort, databasePid: upstream.pid };
    const many = await alternate(all, { ...settings, connections: 32 });
    const direct = { name: DIRECT, pid: upstream.pid, target: { url: upstream.url + PATH } };
    const one = await alternate([...all, direct], { ...settings, connections: 1 });
    const ours = 'Spacedly';
    const goals = [
      { of: ours, to: UNDICI, atLeast: 0.7 },
      { of: ours, to: FASTIFY, atLeast: 1.2 },
      { of: ours, to: USUAL, atLeast: 12 },
    ];
    const words =
      'Spacedly as its own process: sign-in, a limit that is counted, headers, metrics and the access line, in front of a foreign ' +
      'route; the others pass on and do no more, but for the last Express one. CPU is that of the proxy, the upstream’s apart.';
    return [
      { title: 'An answer of 1 KB, 32 connections', text: `${words}\n\n${tables(many, goals, UPSTREAM)}` },
      { title: 'One connection (goal: at most 0.3 ms added)', text: addedLatency(one) },
      await policies(world, effort),
    ];
  },
};
