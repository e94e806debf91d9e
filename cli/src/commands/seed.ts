import { randomInt } from 'node:crypto';
import { authRoutes, mailboxRoutes, type Tokens, tasksRoutes } from '@spacedly/contracts';
import {
  type BuiltProcess,
  buildProcess,
  type CallContext,
  ConfigError,
  call,
  createCommandLogger,
  loadSecret,
  migrateDatabase,
  openPlatform,
  readConfig,
  type Transport,
  viaInject,
} from '@spacedly/kit';
import { openInstallation } from '../database.ts';
import { failCommand } from '../fail.ts';
import { wholeNumber } from '../options.ts';
import { loadServices } from '../services.ts';

interface Options {
  users: string;
  tasks: string;
  json?: boolean;
}

interface Account {
  email: string;
  password: string;
  tasks: number;
}

const SUBJECTS = [
  'graphs',
  'irregular verbs',
  'Bayes',
  'the tax return',
  'binary search',
  'chapter 4',
  'scales',
];
const VERBS = ['Read about', 'Practise', 'Explain to Ada', 'Write down', 'Go through', 'Revise'];
const PRIORITIES = ['low', 'medium', 'high'] as const;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Requests at a time: enough to keep the database busy, too few to make anything wait in line. */
const PARALLEL_TASKS = 8;
const PARALLEL_USERS = 2;

const pick = <T>(from: readonly T[]): T => from[randomInt(from.length)] as T;

function exampleTask() {
  const dueInHours = randomInt(-3 * DAY_HOURS, 14 * DAY_HOURS);
  return {
    title: `${pick(VERBS)} ${pick(SUBJECTS)}`,
    priority: pick(PRIORITIES),
    estimateMinutes: 5 * randomInt(1, 13),
    dueDate: new Date(Date.now() + dueInHours * HOUR_MS).toISOString(),
  };
}

/** Does something `count` times, `parallel` at a time. */
async function times<T>(count: number, parallel: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < count) {
    const batch = Array.from({ length: Math.min(parallel, count - results.length) }, work);
    results.push(...(await Promise.all(batch)));
  }
  return results;
}

async function codeFor(transport: Transport, email: string): Promise<string> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const { body } = await call(transport, mailboxRoutes.listMailbox, { query: { to: email } });
    const code = /\b\d{6}\b/.exec(body.items[0]?.text ?? '')?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the code for ${email} did not arrive in the mailbox`);
}

async function createAccount(transport: Transport, tasks: number): Promise<Account> {
  const email = `demo-${randomInt(1e9).toString(36)}@example.com`;
  const password = `${pick(SUBJECTS)} ${randomInt(1e6)} ${pick(VERBS)}`;
  await call(transport, authRoutes.signup, { body: { email, password, name: 'Demo Person' } });
  const code = await codeFor(transport, email);
  const { body } = await call(transport, authRoutes.verifySignup, { body: { email, code } });
  const context: CallContext = { authorization: `Bearer ${(body.tokens as Tokens).accessToken}` };
  await times(tasks, PARALLEL_TASKS, () =>
    call(transport, tasksRoutes.createTask, { body: exampleTask() }, context),
  );
  return { email, password, tasks };
}

/** The installation without a listening server; its workers run, since they bring the codes. */
async function withInstallation<T>(run: (built: BuiltProcess) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.isProduction) throw new ConfigError(['NODE_ENV: example data has no place in production']);
  const quiet = createCommandLogger('seed');
  const installation = await openInstallation(config, console.error);
  const services = await loadServices();
  try {
    const parts = services.map(({ migrations }) => migrations);
    await migrateDatabase(installation.directUrl, parts, quiet);
    const secret = await loadSecret(config);
    const options = {
      config: { ...config, DEV_MAILBOX: true, CODES_PER_IP_HOUR: Number.MAX_SAFE_INTEGER },
      log: quiet,
      secret,
    };
    const platform = await openPlatform({ ...options, databaseUrl: installation.url });
    try {
      const built = await buildProcess(platform, { services });
      await built.app.ready();
      await built.background.start();
      return await run(built).finally(() => built.app.close());
    } finally {
      await platform.close();
    }
  } finally {
    await installation.close();
  }
}

/** Creates people with tasks through the same routes as everybody, so that what is there could have been typed. */
export async function seed({ users, tasks, json }: Options): Promise<void> {
  try {
    const userCount = wholeNumber(users, 1, '--users');
    const taskCount = wholeNumber(tasks, 0, '--tasks');
    const accounts = await withInstallation(({ app }) =>
      times(userCount, PARALLEL_USERS, () =>
        createAccount(
          viaInject(() => app),
          taskCount,
        ),
      ),
    );
    if (json) return console.log(JSON.stringify({ accounts }));
    for (const { email, password } of accounts)
      console.log(`${email}  password: ${password}  tasks: ${taskCount}`);
  } catch (error) {
    failCommand(error);
  }
}
