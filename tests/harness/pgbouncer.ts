import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@spacedly/kit/testing';
import { generate } from 'selfsigned';
import { waitFor } from './wait.ts';

/** An address of this machine that is not the loopback's usual one, so that it counts as another machine. */
const ADDRESS = '127.0.0.2';
const INI = new URL('../../deploy/pgbouncer/pgbouncer.ini', import.meta.url);

export interface Pooler {
  /** Of the database it was started for; wants TLS. */
  url: string;
  /** What its certificate must be verified with. */
  caFile: string;
  /** True from version 1.21 on. */
  knowsPrepared: boolean;
  stop(): Promise<void>;
}

function version(): [number, number] | null {
  const { status, stdout } = spawnSync('pgbouncer', ['--version'], { encoding: 'utf8' });
  const found = /PgBouncer (\d+)\.(\d+)/.exec(status === 0 ? stdout : '');
  return found && [Number(found[1]), Number(found[2])];
}

/** Whether there is a PgBouncer to test with; where there is none, that is said. */
export function hasPgBouncer(): boolean {
  const isThere = version() !== null;
  if (!isThere) console.warn('SKIPPED what goes through PgBouncer: no pgbouncer found.');
  return isThere;
}

/** The configuration that is delivered, with the addresses, files and users of a test. */
async function configuration(database: URL, folder: string, port: number, knowsPrepared: boolean) {
  const name = database.pathname.slice(1);
  const changes: [RegExp, string][] = [
    [
      /^spacedly = host=postgres port=5432 dbname=spacedly/m,
      `${name} = host=127.0.0.1 port=${database.port}`,
    ],
    [/^listen_addr = .*$/m, `listen_addr = ${ADDRESS}`],
    [/^listen_port = .*$/m, `listen_port = ${port}`],
    [/^default_pool_size = .*$/m, 'default_pool_size = 4'],
    [/\/run\/secrets\/pgbouncer_/g, `${folder}/`],
    // The PostgreSQL of the tests has no TLS.
    [/^server_tls_sslmode = .*$/m, 'server_tls_sslmode = disable'],
    [/^server_tls_ca_file = .*$/m, ''],
    ...(knowsPrepared ? [] : [[/^max_prepared_statements = .*$/m, ''] as [RegExp, string]]),
  ];
  let text = await readFile(INI, 'utf8');
  for (const [pattern, by] of changes) {
    const changed = text.replace(pattern, by);
    if (changed === text) throw new Error(`pgbouncer.ini has nothing like ${pattern}`);
    text = changed;
  }
  return text;
}

async function writeFiles(database: URL, folder: string, port: number, knowsPrepared: boolean) {
  const names = [{ name: 'commonName', value: 'pooler' }];
  const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: ADDRESS }] }];
  const pems = await generate(names, { keySize: 2048, algorithm: 'sha256', extensions });
  const user = `"${decodeURIComponent(database.username)}" "${decodeURIComponent(database.password)}"\n`;
  const files = {
    users: user,
    cert: pems.cert,
    key: pems.private,
    'pgbouncer.ini': await configuration(database, folder, port, knowsPrepared),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  // It refuses to run as root, and takes another user who has to get here.
  await chmod(folder, 0o755);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, ADDRESS);
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

/** Starts a PgBouncer with what `deploy/pgbouncer` delivers, in front of a database of the tests. */
export async function startPgBouncer(databaseUrl: string): Promise<Pooler> {
  const [major, minor] = version() ?? [0, 0];
  const knowsPrepared = major > 1 || minor >= 21;
  const database = new URL(databaseUrl);
  const [folder, ports] = await Promise.all([mkdtemp(join(tmpdir(), 'spacedly-pgbouncer-')), freePorts(1)]);
  const port = ports[0] as number;
  await writeFiles(database, folder, port, knowsPrepared);
  const asUser = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child: ChildProcess = spawn('pgbouncer', [...asUser, join(folder, 'pgbouncer.ini')]);
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  await waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`PgBouncer ended:\n${output}`);
      return isListening(port);
    },
    10_000,
    'PgBouncer',
  );
  const { username, password, pathname } = database;
  return {
    url: `postgres://${username}:${password}@${ADDRESS}:${port}${pathname}`,
    caFile: join(folder, 'cert'),
    knowsPrepared,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
