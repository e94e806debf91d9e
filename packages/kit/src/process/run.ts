import { readFileSync } from 'node:fs';
import { ConfigError, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { loadSecret } from '../config/secret.ts';
import { createLogger } from '../log.ts';
import type { Service } from '../service.ts';
import { failStart } from './explain.ts';
import { exitOnFatalErrors, stopOnSignals } from './lifecycle.ts';
import { startProcess } from './start.ts';

/**
 * The configuration of a program: its environment, and `.env` in the working folder where there is one.
 * @param overrides win over both, as options of a command do
 * @throws ConfigError naming every problem at once
 */
export function readConfig(overrides: Record<string, string | undefined> = {}): Config {
  let dotenv = '';
  try {
    dotenv = readFileSync('.env', 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return loadConfig({ ...process.env, ...given }, dotenv);
}

/** Runs one service as a process of its own, until it is told to stop. */
export async function runService(service: Service): Promise<void> {
  try {
    const config = readConfig();
    if (config.DATABASE_URL === undefined)
      throw new ConfigError(['DATABASE_URL: a service that runs alone needs to know its database']);
    const log = createLogger(config, service.contract.name);
    exitOnFatalErrors(log);
    const secret = await loadSecret(config);
    const options = {
      config,
      log,
      databaseUrl: config.DATABASE_URL,
      secret,
      name: service.contract.name,
      services: [service],
    };
    const starting = startProcess(options);
    stopOnSignals(async () => (await starting).stop(), log);
    log.info({ address: (await starting).address }, 'ready');
  } catch (error) {
    failStart(error);
  }
}
