import {
  type Config,
  connectionOptions,
  findDrift,
  findSecret,
  type Migrations,
  pendingMigrations,
} from '@spacedly/kit';
import pg from 'pg';
import { doesSecretFit } from '../backup/secret-check.ts';
import { type Check, failed, type Outcome, ok, warning } from './check.ts';

const CONNECT_MS = 5_000;
const MIN_VERSION = 150_000;
/** A clock that is further off makes tokens look expired or not yet valid. */
const MAX_CLOCK_OFF_MS = 5_000;
const SLOW_MS = 50;

type Ask = (client: pg.Client) => Promise<Outcome>;

async function withClient(url: string, ask: Ask): Promise<Outcome> {
  const client = new pg.Client({ ...connectionOptions(url), connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    return await ask(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** What is said of a host that keeps silent names its port, as that is what a firewall is told. */
function explainSilence(name: string, url: string, error: unknown): string | null {
  const { code, message = '' } = (error ?? {}) as NodeJS.ErrnoException;
  const isSilent =
    code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || /timeout/i.test(message);
  if (!isSilent) return null;
  const port = new URL(url).port || '5432';
  return `The host in ${name} does not answer on ${port}: a firewall or security group may not allow this machine's address.`;
}

async function askServer(client: pg.Client): Promise<Outcome> {
  const startedAt = performance.now();
  const { rows } = await client.query(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::integer AS number,
      coalesce((SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), 'no TLS') AS tls`,
  );
  const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const [{ version, number, tls }] = rows;
  const text = `PostgreSQL ${version}, ${tls}, ${latencyMs} ms for a query.`;
  if (number < MIN_VERSION) return failed(`${text} PostgreSQL 15 or later is needed.`);
  if (latencyMs > SLOW_MS)
    return warning(`${text} That is slow: run Spacedly in the same region as its database.`);
  return ok(text);
}

async function askClock(client: pg.Client): Promise<Outcome> {
  const before = Date.now();
  const { rows } = await client.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now');
  const offMs = Math.round(Number(rows[0].now) - (before + Date.now()) / 2);
  const text = `The clocks of this machine and of the database differ by ${Math.abs(offMs)} ms.`;
  if (Math.abs(offMs) <= MAX_CLOCK_OFF_MS) return ok(text);
  return failed(`${text} Let both follow a time server (timedatectl set-ntp true).`);
}

async function askSecret(client: pg.Client, config: Config): Promise<Outcome> {
  const secret = await findSecret(config);
  const place = config.SPACEDLY_SECRET === undefined ? 'the file `secret` in DATA_DIR' : 'SPACEDLY_SECRET';
  const fits = secret === null ? null : await doesSecretFit(client, secret);
  if (fits === false)
    return failed(
      `${place} is not the secret of this database: tokens and second factors cannot be read. Bring it back from a backup.`,
    );
  if (secret === null)
    return warning('There is no secret yet. One is created in DATA_DIR at the first start.');
  if (config.SPACEDLY_SECRET === undefined && config.isProduction)
    return warning(
      'The secret is a file in DATA_DIR. Processes on other machines need the same as SPACEDLY_SECRET.',
    );
  return ok(fits ? `${place} opens what is in the database.` : `${place} is there; nothing is sealed yet.`);
}

async function askMigrations(client: pg.Client, services: readonly Migrations[]): Promise<Outcome> {
  const pending = await pendingMigrations(client, services);
  if (pending.length === 0) return ok('The database is up to date.');
  return failed(
    `${pending.length} pending (${pending.slice(0, 3).join(', ')}…). Run \`spacedly migrate\`, or start the server.`,
  );
}

async function askDrift(client: pg.Client, services: readonly Migrations[]): Promise<Outcome> {
  const drift = await findDrift(client, services);
  if (drift.length === 0) return ok('The tables are what the migrations make.');
  const parts = drift.map(({ schema }) => schema).join(', ');
  return failed(`Changed by hand: ${parts}. \`spacedly migrate status\` names what; put it back as it was.`);
}

interface Where {
  url: string;
  directUrl: string;
  config: Config;
  services: readonly Migrations[];
}

/** Everything that is asked of the database. */
export function databaseChecks({ url, directUrl, config, services }: Where): Check[] {
  const check = (name: string, address: string, ask: Ask, setting = 'DATABASE_URL'): Check => ({
    name,
    run: () => withClient(address, ask),
    explain: (error) => explainSilence(setting, address, error),
  });
  const direct = check('database, directly', directUrl, askServer, 'DATABASE_DIRECT_URL');
  return [
    check('database', url, askServer),
    ...(directUrl === url ? [] : [direct]),
    check('migrations', directUrl, (client) => askMigrations(client, services)),
    check('drift', directUrl, (client) => askDrift(client, services)),
    check('clock', url, askClock),
    check('secret', url, (client) => askSecret(client, config)),
  ];
}
