import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type Logger, logOptions } from '../log.ts';
import { createAccessLog } from './access-log.ts';

function setUp(level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const log = pino(logOptions({ LOG_LEVEL: level }, 'test'), stream) as Logger;
  return { log, lines, write: createAccessLog(log) };
}

const line = {
  requestId: '01a231a7-876d-7694-ad0d-908b525561e6',
  userId: undefined,
  impersonatedBy: undefined,
  method: 'GET',
  route: '/v1/tasks/:taskId',
  status: 200,
  durationMs: 1.2345,
  upstream: null,
  ip: '192.0.2.1',
};
const withoutTime = (text: string | undefined) => ({ ...JSON.parse(text ?? ''), time: 0 });

test.each([
  [{}],
  [{ userId: 'somebody' }],
  [{ userId: 'somebody', impersonatedBy: 'an admin', upstream: 'tasks' }],
  [{ route: 'unknown', status: 404, durationMs: 0, ip: '2001:db8::1' }],
])('a line is what Pino makes of its fields: %j', (fields) => {
  const { log, lines, write } = setUp();
  const { impersonatedBy, upstream, ip, userId, durationMs, requestId, ...rest } = { ...line, ...fields };
  write('info', { ...line, ...fields });
  log.info(
    {
      requestId,
      ...(userId !== undefined && { userId }),
      ...rest,
      durationMs: Math.round(durationMs * 10) / 10,
      ...(impersonatedBy !== undefined && { impersonatedBy }),
      ...(upstream !== null && { upstream }),
      ip,
    },
    'request',
  );
  expect(lines[0]?.replace(/"time":\d+/, '')).toBe(lines[1]?.replace(/"time":\d+/, ''));
  expect(Math.abs(JSON.parse(lines[0] ?? '').time - Date.now())).toBeLessThan(60_000);
});

test('nothing that somebody else chose breaks out of its field', () => {
  const { lines, write } = setUp();
  const strange = '","level":60,"x":"\n\u2028\\\u0000';
  write('info', {
    ...line,
    userId: strange,
    impersonatedBy: strange,
    route: strange,
    upstream: strange,
    ip: strange,
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd()).not.toContain('\n');
  expect(withoutTime(lines[0])).toMatchObject({
    level: 30,
    userId: strange,
    impersonatedBy: strange,
    route: strange,
    upstream: strange,
    ip: strange,
  });
});

test('a level that is off writes nothing, also when it is turned off later', () => {
  const quiet = setUp('info');
  quiet.write('debug', line);
  expect(quiet.lines).toEqual([]);
  const loud = setUp('debug');
  loud.write('debug', line);
  expect(withoutTime(loud.lines[0]).level).toBe(20);
  loud.log.level = 'warn';
  loud.write('info', line);
  expect(loud.lines).toHaveLength(1);
});
