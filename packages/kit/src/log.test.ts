import { spawnSync } from 'node:child_process';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type Logger, logOptions, safeMessage } from './log.ts';

function written(write: (log: Logger) => void): string {
  const lines: string[] = [];
  const stream = { write: (line: string) => lines.push(line) };
  write(pino(logOptions({ LOG_LEVEL: 'info' }, 'test'), stream) as Logger);
  return lines.join('');
}

test.each([
  [{ password: 'hunter2' }],
  [{ body: { newPassword: 'hunter2' } }],
  [{ headers: { authorization: 'Bearer hunter2', cookie: 'a=hunter2' } }],
  [{ event: { data: { sealedCode: 'hunter2' } } }],
  [{ tokens: { accessToken: 'hunter2', refreshToken: 'hunter2' } }],
  [{ code: 'hunter2' }],
])('no secret in a line: %j', (fields) => {
  const line = written((log) => log.info(fields, 'something'));
  expect(line).toContain('[redacted]');
  expect(line).not.toContain('hunter2');
});

test('a failed query is logged without its parameters', () => {
  const cause = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    detail: 'Key (email)=(ada@example.com) already exists.',
  });
  const error = new DrizzleQueryError('insert into users values ($1)', ['ada@example.com'], cause);
  const line = written((log) => log.error({ err: error }, 'failed'));
  expect(line).toContain('duplicate key value');
  expect(line).not.toContain('ada@example.com');
  expect(safeMessage(error)).toBe('duplicate key value');
});

test.each([
  ['ends at once', 'process.exit(3)'],
  ['ends by a fault that nobody handles', "throw new Error('a fault')"],
])('what a process writes before it %s is all there, in order', (_name, end) => {
  const program = `
    import { createLogger } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
    const log = createLogger({ LOG_LEVEL: 'info' }, 'test');
    for (let n = 0; n < 2000; n += 1) log.info({ n }, 'a line of some length, so that they do not fit together');
    ${end};`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  const numbers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).n);
  expect(numbers).toEqual(Array.from({ length: 2000 }, (_, n) => n));
});
