import { randomUUID } from 'node:crypto';
import { mkdir, statfs } from 'node:fs/promises';
import { type Config, createLogger, createStorage, openRedis } from '@spacedly/kit';
import { checkSmtp } from '@spacedly/notifications';
import { type Check, failed, type Outcome, ok, skipped, warning } from './check.ts';

const GB = 1e9;
const LITTLE_SPACE = GB;
const NO_SPACE = 0.1 * GB;

async function askRedis(config: Config): Promise<Outcome> {
  if (config.REDIS_URL === undefined)
    return skipped('REDIS_URL is not set: limits are counted by each process alone.');
  const redis = await openRedis(config, createLogger({ LOG_LEVEL: 'silent' }, 'doctor'));
  try {
    const startedAt = performance.now();
    await redis?.ping();
    return ok(`Redis answers in ${(performance.now() - startedAt).toFixed(1)} ms.`);
  } finally {
    redis?.disconnect();
  }
}

async function askMail(config: Config): Promise<Outcome> {
  const { SMTP_URL, SENDGRID_API_KEY, DEV_MAILBOX } = config;
  if (SMTP_URL !== undefined) {
    await checkSmtp(config);
    return ok('The mail server takes mails from here.');
  }
  if (SENDGRID_API_KEY !== undefined)
    return skipped('SendGrid is set up; a key is proven by the first mail alone.');
  if (DEV_MAILBOX)
    return warning('No mail server is set up: mails are kept at /dev/mailbox. Set SMTP_URL to send them.');
  return failed('No mail server is set up, so nobody can sign up by e-mail. Set SMTP_URL and MAIL_FROM.');
}

function explainMail(error: unknown): string | null {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  if (responseCode === 535 || code === 'EAUTH')
    return 'The mail server refused the user or password in SMTP_URL.';
  if (code === 'EDNS' || code === 'ENOTFOUND') return 'The host in SMTP_URL is not known. Is its name right?';
  if (/certificate|self.signed|wrong version|TLS|SSL/i.test(message ?? ''))
    return `The connection to the mail server could not be secured: ${message}. smtp:// starts TLS, smtps:// begins with it.`;
  return 'The mail server in SMTP_URL does not answer. Are host and port right, and may this machine reach it?';
}

async function askStorage(config: Config): Promise<Outcome> {
  const storage = await createStorage(config);
  const key = `doctor/${randomUUID()}`;
  const bytes = Buffer.from(key);
  await storage.put(key, bytes);
  try {
    const file = await storage.get(key);
    const chunks: Buffer[] = [];
    for await (const chunk of file?.stream ?? []) chunks.push(chunk);
    if (!Buffer.concat(chunks).equals(bytes)) return failed('What was stored came back as something else.');
  } finally {
    await storage.delete(key);
  }
  return ok(`A file was written, read and deleted (${config.STORAGE}).`);
}

function explainStorage({ STORAGE }: Config, error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  const hints: Record<string, string> = {
    disk: 'Files cannot be written under DATA_DIR. May this user write there?',
    s3: 'The bucket cannot be used. Check S3_BUCKET, S3_REGION, S3_ENDPOINT, and that the key may put, get and delete.',
    cloudinary: 'Cloudinary cannot be used. Check CLOUDINARY_URL.',
  };
  return `${hints[STORAGE]} (${code ?? name}: ${message})`;
}

async function askDisk({ DATA_DIR }: Config): Promise<Outcome> {
  await mkdir(DATA_DIR, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(DATA_DIR);
  const text = `${((bavail * bsize) / GB).toFixed(1)} GB are free where DATA_DIR is.`;
  if (bavail * bsize < NO_SPACE) return failed(`${text} Make room: a database without space stops.`);
  return bavail * bsize < LITTLE_SPACE ? warning(`${text} That is little.`) : ok(text);
}

async function askAddress({ PUBLIC_URL, isProduction }: Config): Promise<Outcome> {
  if (PUBLIC_URL.startsWith('https://')) return ok(`People use ${PUBLIC_URL}.`);
  const { hostname } = new URL(PUBLIC_URL);
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname) && !isProduction)
    return ok(`People on this machine use ${PUBLIC_URL}. For others set PUBLIC_URL to an https address.`);
  return warning(
    `${PUBLIC_URL} is not encrypted: passkeys and notifications of the browser need https. Set PUBLIC_URL.`,
  );
}

/** What does not ask the database. */
export function otherChecks(config: Config): Check[] {
  return [
    { name: 'redis', run: () => askRedis(config) },
    { name: 'mail', run: () => askMail(config), explain: explainMail },
    { name: 'storage', run: () => askStorage(config), explain: (error) => explainStorage(config, error) },
    { name: 'disk', run: () => askDisk(config) },
    { name: 'address', run: () => askAddress(config) },
  ];
}
