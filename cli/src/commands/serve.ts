import cluster from 'node:cluster';
import type { Config, Logger, Role } from '@spacedly/kit';
import { PART_NAMES, type PartName, type ServeOptions } from '../options.ts';

/** Milliseconds since the process began, the time `npm` and the install check took included. */
function sinceStart(): number {
  return Math.round(performance.now());
}

const say = (line: string) => console.log(line);

async function loadParts(names: readonly PartName[]) {
  const { loadServices } = await import('../services.ts');
  const services = await loadServices(names.filter((name) => name !== 'gateway'));
  const front = names.includes('gateway') ? (await import('@spacedly/gateway')).gateway : undefined;
  return { services, ...(front && { front }) };
}

type Kit = typeof import('@spacedly/kit');

function roleOf({ work = true, onlyWork = false }: ServeOptions): Role {
  if (onlyWork) return 'work';
  return work ? 'all' : 'serve';
}

async function bring(kit: Kit, config: Config, log: Logger, options: ServeOptions) {
  const { services: names = [...PART_NAMES], migrate } = options;
  const { openInstallation, reachInstallation } = await import('../database.ts');
  // The database starts in its own processes while this one reads its code.
  const opening = (options.onlyWork ? reachInstallation : openInstallation)(config, say);
  opening.catch(() => {});
  const [parts, secret] = await Promise.all([loadParts(names), kit.loadSecret(config)]);
  const installation = await opening;
  try {
    if (migrate) {
      const migrations = parts.services.map((service) => service.migrations);
      await kit.migrateDatabase(installation.directUrl, migrations, log);
    }
    const running = await kit.startProcess({
      config,
      log,
      databaseUrl: installation.url,
      secret,
      role: roleOf(options),
      name: names.length === 1 ? (names[0] as string) : 'spacedly',
      ...parts,
    });
    const stop = async () => {
      await running.stop();
      await installation.close();
    };
    return { address: running.address, reload: running.reload, stop };
  } catch (error) {
    await installation.close();
    throw error;
  }
}

async function start(options: ServeOptions) {
  const kit = await import('@spacedly/kit');
  const { services: names, port, host } = options;
  const config = kit.readConfig({ PORT: port, HOST: host });
  const log = kit.createLogger(config, names === undefined ? 'spacedly' : names.join('+'));
  kit.exitOnFatalErrors(log);
  const starting = bring(kit, config, log, options);
  const stop = async () => (await starting).stop();
  const reload = async () => (await starting).reload();
  // From the first moment, so that whoever stops it while it starts leaves nothing behind.
  if (cluster.isWorker) kit.obeyPrimary(stop, reload, log);
  else {
    kit.stopOnSignals(stop, log);
    kit.reloadOnHangUp(reload, log);
  }
  return { address: (await starting).address, config };
}

/** One of several: says where it listens to the process that started it, and nothing to people. */
async function serveAsOne(options: ServeOptions): Promise<void> {
  const { address } = await start(options);
  process.send?.({ address });
}

async function startAll(options: ServeOptions) {
  const { processes = 1 } = options;
  if (processes === 1) return start(options);
  const { startMany } = await import('./serve-many.ts');
  return startMany({ ...options, processes }, say);
}

/** Runs the server until it is told to stop. */
export async function serve(options: ServeOptions): Promise<void> {
  try {
    if (cluster.isWorker) return await serveAsOne(options);
    const { address: listening, config } = await startAll(options);
    const names = options.services ?? PART_NAMES;
    const isWhole = names.length === PART_NAMES.length;
    const address = isWhole && !config.isProduction ? listening : config.PUBLIC_URL;
    say(isWhole ? `Spacedly is ready: ${address}` : `${names.join(', ')} ready: ${listening}`);
    if (config.DEV_MAILBOX && names.includes('notifications') && names.includes('gateway'))
      say(`Mails are kept here:  ${address}/dev/mailbox`);
    say(`Ready after ${(sinceStart() / 1_000).toFixed(1)} s. Stop with Ctrl-C.`);
  } catch (error) {
    // A process that could not start has told why, and ended with its exit code.
    if (typeof error === 'number') process.exit(error);
    const { failCommand } = await import('../fail.ts');
    failCommand(error);
  }
}

/** What `worker` may be given: services, as the gateway has no work. */
export type WorkerOptions = Pick<ServeOptions, 'services' | 'port' | 'host' | 'migrate'>;

/** Does the work of the background until it is told to stop, and serves nobody. */
export async function work(options: WorkerOptions): Promise<void> {
  try {
    const services = options.services ?? PART_NAMES.filter((name) => name !== 'gateway');
    const { address } = await start({ ...options, services, onlyWork: true });
    say(`The worker is ready. How it is: ${address}/health`);
  } catch (error) {
    const { failCommand } = await import('../fail.ts');
    failCommand(error);
  }
}
