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
