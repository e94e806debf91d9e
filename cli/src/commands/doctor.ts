import { type Config, ConfigError, readConfig, safeMessage } from '@spacedly/kit';
import { openInstallation, reachInstallation } from '../database.ts';
import { type Check, type Finding, runCheck } from '../doctor/check.ts';
import { databaseChecks } from '../doctor/database.ts';
import { otherChecks } from '../doctor/others.ts';
import { loadServices } from '../services.ts';

interface Options {
  json?: boolean;
}

/** Longest wait for one thing, in milliseconds. */
const LIMIT_MS = 8_000;

const MARKS = { ok: 'ok     ', warning: 'look   ', failed: 'WRONG  ', skipped: '-      ' } as const;

function tell(findings: readonly Finding[]): void {
  for (const { name, status, message } of findings) console.log(`${MARKS[status]}${name}: ${message}`);
  const wrong = findings.filter(({ status }) => status === 'failed').length;
  console.log(wrong === 0 ? 'Nothing is wrong.' : `${wrong} to mend.`);
}

const finding = (name: string, message: string): Finding => ({ name, status: 'failed', message, tookMs: 0 });

async function runAll(checks: readonly Check[]): Promise<Finding[]> {
  return Promise.all(checks.map((check) => runCheck(check, LIMIT_MS)));
}

/** The embedded database is started for the questions, or used along where a server has it. */
async function examine(config: Config): Promise<Finding[]> {
  const others = runAll(otherChecks(config));
  const services = (await loadServices()).map(({ migrations }) => migrations);
  const open = config.DATABASE_URL === undefined ? reachInstallation : openInstallation;
  try {
    const { url, directUrl, close } = await open(config, console.error);
    try {
      return [...(await runAll(databaseChecks({ url, directUrl, config, services }))), ...(await others)];
    } finally {
      await close();
    }
  } catch (error) {
    return [finding('database', safeMessage(error)), ...(await others)];
  }
}

async function findAll(): Promise<Finding[]> {
  try {
    return await examine(readConfig());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map((issue) => finding('settings', issue));
  }
}

/** Tries each thing the installation is set up with. Exit code 1 when something is wrong. */
export async function doctor({ json }: Options): Promise<void> {
  const findings = await findAll();
  const isWell = findings.every(({ status }) => status !== 'failed');
  if (json) console.log(JSON.stringify({ isWell, findings }));
  else tell(findings);
  // What a check was still waiting for when its time was over must not keep the command from ending.
  process.exit(isWell ? 0 : 1);
}
