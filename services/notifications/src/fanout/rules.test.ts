import type { Contact, EventData, EventEnvelope, EventName } from '@spacedly/contracts';
import { describe, expect, test } from 'vitest';
import { parseEvent, personOf } from './events.ts';
import { planMessages } from './rules.ts';

const userId = '019a7d7e-9d3c-7c3a-9a51-000000000001';
const taskId = '019a7d7e-9d3c-7c3a-9a51-000000000002';
const reminderId = '019a7d7e-9d3c-7c3a-9a51-000000000003';
const ada: Contact = {
  userId,
  name: 'Ada',
  email: 'Ada@example.com',
  phone: '+14155550123',
  timeZone: 'Europe/Berlin',
  locale: 'en',
};

function event<N extends EventName>(name: N, data: EventData<N>): EventEnvelope {
  const id = '019a7d7e-9d3c-7c3a-9a51-00000000000e';
  return { id, name, version: 1, occurredAt: '2026-12-09T08:00:00.000Z', data } as EventEnvelope;
}

const due = (type: EventData<'reminder.due'>['type'], more: Partial<EventData<'reminder.due'>> = {}) =>
  event('reminder.due', {
    userId,
    taskId,
    reminderId,
    title: 'Read',
    message: null,
    type,
    scheduledAt: '2026-12-09T08:00:00.000Z',
    dueDate: null,
    dueDay: '2026-12-10',
    ...more,
  });

describe('reminder.due', () => {
  test.each([
    ['email', ada, ['email Ada@example.com']],
    ['push', ada, ['push Ada@example.com']],
    ['sms', ada, ['sms +14155550123']],
    ['both', ada, ['email Ada@example.com', 'push Ada@example.com']],
    ['in-app', ada, []],
    ['email', { ...ada, email: null }, []],
    ['sms', { ...ada, phone: null }, []],
    ['both', { ...ada, email: null }, ['push +14155550123']],
    ['push', { ...ada, email: null, phone: null }, [`push ${userId}`]],
  ] as const)('%s', (type, contact, expected) => {
    const { inbox, deliveries } = planMessages(due(type), contact);
    expect(inbox).toEqual([
      {
        userId,
        type: 'reminder',
        title: 'Reminder: Read',
        body: 'Due Thursday, 10 December 2026',
        taskId,
        reminderId,
      },
    ]);
    expect(deliveries.map(({ channel, address }) => `${channel} ${address}`)).toEqual(expected);
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject({ recipient: userId, userId, reminderId, timeZone: 'Europe/Berlin' });
    }
  });

  test.each([
    [{ message: 'Bring milk' }, 'Bring milk'],
    [{ message: '' }, 'Due Thursday, 10 December 2026'],
    [{ dueDay: null }, ''],
    [{ dueDay: null, dueDate: '2026-12-10T23:30:00.000Z' }, 'Due Friday, 11 December 2026 at 00:30 CET'],
  ])('%j says "%s"', (more, body) => {
    expect(planMessages(due('in-app', more), ada).inbox[0]?.body).toBe(body);
  });
});

test('code.issued goes to the given address and stays sealed', () => {
  const facts = {
    name: 'Ada',
    purpose: 'SIGNUP',
    sealedCode: 'sealed',
    expiresAt: '2026-12-09T08:10:00.000Z',
  } as const;
  const plan = planMessages(
    event('code.issued', { channel: 'EMAIL', to: 'Ada@Example.com', ...facts }),
    null,
  );
  expect(plan.inbox).toEqual([]);
  expect(plan.deliveries).toEqual([
    {
      channel: 'email',
      recipient: 'ada@example.com',
      userId: null,
      reminderId: null,
      address: 'Ada@Example.com',
      locale: 'en',
      timeZone: 'UTC',
      message: { kind: 'code', ...facts },
    },
  ]);
  const sms = planMessages(event('code.issued', { channel: 'SMS', to: '+14155550123', ...facts }), null);
  expect(sms.deliveries[0]).toMatchObject({ channel: 'sms', address: '+14155550123' });
});

test('signup.address_taken is a note to the address', () => {
  const plan = planMessages(event('signup.address_taken', { channel: 'SMS', to: '+14155550123' }), null);
  expect(plan.inbox).toEqual([]);
  expect(plan.deliveries).toMatchObject([{ channel: 'sms', message: { kind: 'address-taken' } }]);
});

test('user.registered and task.completed show in the app only', () => {
  const welcome = planMessages(event('user.registered', { userId, name: 'Ada' }), ada);
  expect(welcome.inbox).toMatchObject([{ userId, type: 'general', title: 'Welcome to Spacedly, Ada' }]);
  expect(welcome.deliveries).toEqual([]);
  const done = planMessages(event('task.completed', { userId, taskId, title: '<b>' }), ada);
  expect(done.inbox).toMatchObject([{ type: 'general', title: 'You completed: <b>', taskId, body: '' }]);
  expect(done.deliveries).toEqual([]);
});

test('session.token_reused is security, in the app and by mail', () => {
  const reused = event('session.token_reused', { userId, sessionId: taskId, ip: null, device: 'Firefox' });
  const plan = planMessages(reused, ada);
  expect(plan.inbox).toMatchObject([{ userId, type: 'security' }]);
  expect(plan.inbox[0]?.body).toContain('Firefox');
  expect(plan.deliveries).toMatchObject([{ channel: 'email', message: { kind: 'token-reused', ip: null } }]);
  expect(planMessages(reused, { ...ada, email: null }).deliveries).toEqual([]);
});

describe('parseEvent', () => {
  const good = event('task.completed', { userId, taskId, title: 'x' });

  test('takes what the contract describes', () => {
    expect(parseEvent(structuredClone(good))).toEqual(good);
    expect(personOf(good)).toBe(userId);
  });

  test.each([
    null,
    'text',
    {},
    { ...good, id: 'x' },
    { ...good, name: 'task.exploded' },
    { ...good, name: 'constructor' },
    { ...good, version: 2 },
    { ...good, occurredAt: 'yesterday' },
    { ...good, data: null },
    { ...good, data: { userId, taskId } },
    { ...good, data: { ...good.data, userId: "'; DROP TABLE" } },
  ])('refuses %j', (raw) => {
    expect(() => parseEvent(raw)).toThrow(/^cannot understand the event: /);
  });

  test('its reasons hold no values', () => {
    const secret = { channel: 'FAX', to: 'ada@example.com', sealedCode: 7 };
    expect(() => parseEvent({ ...good, name: 'code.issued', data: secret })).toThrow(/^(?!.*(ada|FAX)).*$/);
  });
});
