import { Command } from 'commander';
import { type ServeOptions, serviceList, wholeNumber, workList } from './options.ts';

// Each command's code is imported when it runs, so that none pays for what another needs.
const program = new Command('spacedly')
  .description('The planner that brings each task back at the right moment.')
  .showHelpAfterError('Run with --help for what there is.')
  .addHelpText(
    'after',
    '\nSettings come from the environment and from .env; `spacedly env-example` lists them.' +
      '\nExit codes: 0 done, 1 failed, 2 the settings or arguments are not right.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('serve', { isDefault: true })
  .description('run the server: everything in one process, or only the named services')
  .option('--services <names>', 'of gateway, auth, tasks, documents, notifications, with commas', serviceList)
  .option('--port <number>', 'port to listen on (PORT)')
  .option('--host <address>', 'address to listen on (HOST)')
  .option(
    '--processes <number>',
    'run so many processes that share the port; one that ends is replaced',
    (value) => wholeNumber(value, 1, '--processes'),
  )
  .option('--no-migrate', 'do not bring the database up to date first')
  .option('--no-work', 'leave the work in the background to processes of `worker`')
  .addHelpText('after', '\nWithout DATABASE_URL an embedded PostgreSQL runs with its data in DATA_DIR.')
  .action(async (options: ServeOptions) => (await import('./commands/serve.ts')).serve(options));

program
  .command('worker')
  .description(
    'do the work in the background (reminders, messages, jobs) and serve nobody; any number share it',
  )
  .option('--services <names>', 'only that of auth, tasks, documents, notifications, with commas', workList)
  .option('--port <number>', 'port for /health and /metrics (PORT)')
  .option('--host <address>', 'address for them (HOST)')
  .option('--no-migrate', 'do not bring the database up to date first')
  .addHelpText(
    'after',
    '\nBeside a server on the embedded database it uses that. Work goes to whoever is free, so a server works too,' +
      '\nunless it runs with --no-work.',
  )
  .action(async (options) => (await import('./commands/serve.ts')).work(options));

const migrate = program.command('migrate').description('bring the database up to date, or say how it stands');
migrate
  .command('up', { isDefault: true })
  .description('apply what is pending; several at the same time are safe')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/migrate.ts')).migrateUp(options));
migrate
  .command('status')
  .description('list what is pending; exit code 1 when there is something')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/migrate.ts')).migrateStatus(options));

program
  .command('seed')
  .description('fill the database with people and tasks to look at, through the real API; not in production')
  .option('--users <number>', 'people to create', '1')
  .option('--tasks <number>', 'tasks for each of them', '25')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/seed.ts')).seed(options));

program
  .command('doctor')
  .description(
    'try everything that is set up, and say what to do about what is wrong; exit code 1 when something is',
  )
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

program
  .command('backup [file]')
  .description('write database, stored files and secret to one file, while the server runs')
  .option('--overwrite', 'replace the file where it is there already')
  .option('--no-secret', 'leave the created secret out; a restore then needs it from elsewhere')
  .option('--json', 'print JSON')
  .addHelpText(
    'after',
    '\nWithout a name it is spacedly-<time>.tar.gz in this folder. Whoever has the file can act as anybody: keep it safe.' +
      '\nA secret that is set as SPACEDLY_SECRET is never in it.',
  )
  .action(async (file, options) => (await import('./commands/backup.ts')).backup(file, options));

program
  .command('restore <file>')
  .description('bring a backup into an empty installation, all of it or nothing')
  .option('--json', 'print JSON')
  .addHelpText(
    'after',
    '\nEverything is compared with its checksums before anything is changed. A backup of an older release is brought up' +
      '\nto date. No server may run meanwhile.',
  )
  .action(async (file, options) => (await import('./commands/restore.ts')).restore(file, options));

program
  .command('keys')
  .description('the keys that sign access tokens')
  .command('rotate')
  .description('make a new one; the old one verifies until its last token is dead')
  .option('--revoke-old', 'take every other key out of use at once, as after a leak')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/keys.ts')).rotateKeys(options));

program
  .command('admin')
  .description('who looks after the installation')
  .command('grant <email>')
  .description('make the account of an e-mail address an admin')
  .option('--json', 'print JSON')
  .action(async (email, options) => (await import('./commands/admin.ts')).grantAdmin(email, options));

const users = program.command('users').description('move accounts in from other systems, or out');
users
  .command('import <file>')
  .description(
    'add the accounts of a file, one JSON object a line; those that are here already stay as they are',
  )
  .option('--json', 'print JSON')
  .addHelpText(
    'after',
    '\nA line: {"email": …, "phone": …, "name": …, "passwordHash": …, "emailVerified": true, …}. Hashes of Argon2,' +
      '\nbcrypt ($2a$, $2b$, $2y$), scrypt ($scrypt$ln=…) and PBKDF2 ($pbkdf2-sha256$…, pbkdf2_sha256$…) are taken as they' +
      '\nare and replaced at the next sign-in. Nobody is written to.',
  )
  .action(async (file, options) => (await import('./commands/users.ts')).importUsers(file, options));
users
  .command('export')
  .description('print every account with its password hash, one JSON object a line: keep the output safe')
  .action(async () => (await import('./commands/users.ts')).exportUsers());

program
  .command('openapi')
  .description('print the OpenAPI 3.1 document')
  .action(async () => (await import('./commands/print.ts')).printOpenApi());

program
  .command('env-example')
  .description('print every setting with its meaning and default, as .env.example')
  .action(async () => (await import('./commands/print.ts')).printEnvExample());

program.version((await import('../package.json', { with: { type: 'json' } })).default.version);
await program.parseAsync();
