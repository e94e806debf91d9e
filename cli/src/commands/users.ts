import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { authRoutes, type ImportedUser, importedUser, MAX_IMPORT_BATCH } from '@spacedly/contracts';
import { type CallContext, call, type Transport } from '@spacedly/kit';
import { failCommand } from '../fail.ts';
import { withServices } from '../in-process.ts';

interface Options {
  json?: boolean;
}

interface Line {
  number: number;
  user: ImportedUser;
}

/** Counts, and a reason for each line that made no account. */
interface Report {
  created: number;
  existing: number;
  refused: { line: number; reason: string }[];
}

/** Reads one line. Values are never repeated in what is said of it: they may be secrets. */
function parseLine(text: string): ImportedUser | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  const parsed = importedUser.safeParse(json);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ');
}

async function sendBatch(batch: Line[], report: Report, transport: Transport, asService: CallContext) {
  if (batch.length === 0) return;
  const body = { users: batch.map(({ user }) => user) };
  const { outcomes } = (await call(transport, authRoutes.importUsers, { body }, asService)).body;
  outcomes.forEach((outcome, index) => {
    const line = (batch[index] as Line).number;
    if (outcome === 'created') report.created += 1;
    else if (outcome === 'exists') report.existing += 1;
    else report.refused.push({ line, reason: 'passwordHash: is of a format that cannot be checked' });
  });
}

async function importFile(file: string, transport: Transport, asService: CallContext): Promise<Report> {
  const report: Report = { created: 0, existing: 0, refused: [] };
  let batch: Line[] = [];
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
    number += 1;
    if (text.trim() === '') continue;
    const user = parseLine(text);
    if (typeof user === 'string') report.refused.push({ line: number, reason: user });
    else batch.push({ number, user });
    if (batch.length < MAX_IMPORT_BATCH) continue;
    await sendBatch(batch, report, transport, asService);
    batch = [];
  }
  await sendBatch(batch, report, transport, asService);
  report.refused.sort((a, b) => a.line - b.line);
  return report;
}

/** Imports accounts from a file of one JSON object a line. Exit code 1 when a line could not be taken. */
export async function importUsers(file: string, { json }: Options): Promise<void> {
  try {
    const report = await withServices('users', (transport, asService) =>
      importFile(file, transport, asService),
    );
    if (report.refused.length > 0) process.exitCode = 1;
    if (json) return console.log(JSON.stringify(report));
    for (const { line, reason } of report.refused) console.error(`line ${line}: ${reason}`);
    console.log(
      `${report.created} created, ${report.existing} there already, ${report.refused.length} refused.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      console.error(`There is no file ${file}`);
      process.exit(2);
    }
    failCommand(error);
  }
}

/** Prints every account, password hashes included, one JSON object a line, as `users import` takes it. */
export async function exportUsers(): Promise<void> {
  try {
    await withServices('users', async (transport, asService) => {
      let after: string | undefined;
      do {
        const { body } = await call(transport, authRoutes.exportUsers, { query: { after } }, asService);
        for (const user of body.items) console.log(JSON.stringify(user));
        after = body.next ?? undefined;
      } while (after !== undefined);
    });
  } catch (error) {
    failCommand(error);
  }
}
