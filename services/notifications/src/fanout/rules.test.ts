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

const german = { locale: 'de', timeZone: 'Europe/Berlin' };

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
    ['email', { ...ada, email: null }, ['email : no e-mail address']],
    ['sms', { ...ada, phone: null }, ['sms : no phone number']],
    ['both', { ...ada, email: null }, ['email : no e-mail address', 'push +14155550123']],
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
        docId: null,
      },
    ]);
    const told = deliveries.map(({ channel, address, skipped }) =>
      [`${channel} ${address}`, skipped ?? []].flat().join(': '),
    );
    expect(told).toEqual(expected);
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
    event('code.issued', { channel: 'EMAIL', to: 'Ada@Example.com', ...german, ...facts }),
    null,
  );
  expect(plan.inbox).toEqual([]);
  expect(plan.deliveries).toEqual([
    {
      channel: 'email',
      recipient: 'ada@example.com',
      userId: null,
      reminderId: null,
      subscriptionId: null,
      type: 'security',
      address: 'Ada@Example.com',
      ...german,
      message: { kind: 'code', ...facts },
    },
  ]);
  const sms = planMessages(
    event('code.issued', { channel: 'SMS', to: '+14155550123', ...german, ...facts }),
    null,
  );
  expect(sms.deliveries[0]).toMatchObject({ channel: 'sms', address: '+14155550123' });
});

test('signup.address_taken is a note to the address', () => {
  const plan = planMessages(
    event('signup.address_taken', { channel: 'SMS', to: '+14155550123', ...german }),
    null,
  );
  expect(plan.inbox).toEqual([]);
  expect(plan.deliveries).toMatchObject([{ channel: 'sms', ...german, message: { kind: 'address-taken' } }]);
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
  expect(planMessages(reused, { ...ada, email: null }).deliveries).toMatchObject([{ channel: 'sms' }]);
  expect(planMessages(reused, { ...ada, email: null, phone: null }).deliveries).toEqual([]);
});

const place = { userId, ip: '203.0.113.9', device: 'Firefox on Linux' };

test.each([
  [event('session.new_device', { ...place, sessionId: taskId }), 'security', 'new-device'],
  [event('password.changed', { ...place, how: 'reset' }), 'security', 'password-changed'],
  [event('second_factor.changed', { ...place, change: 'totp_off' }), 'security', 'second-factor-changed'],
  [
    event('credential.changed', { ...place, change: 'passkey_added', name: 'Key' }),
    'security',
    'credential-changed',
  ],
  [event('merchant.verified', { userId, businessName: 'Ada & Co' }), 'general', 'merchant-verified'],
  [
    event('merchant.rejected', { userId, businessName: 'Ada & Co', reason: 'No tax id' }),
    'general',
    'merchant-rejected',
  ],
  [
    event('export.ready', { userId, exportId: taskId, expiresAt: '2026-12-16T08:00:00.000Z' }),
    'general',
    'export-ready',
  ],
] as const)('%j is told in the app and surely once outside it', (told, type, kind) => {
  const plan = planMessages(told, ada);
  expect(plan.inbox).toMatchObject([{ userId, type }]);
  expect(plan.deliveries).toMatchObject([{ channel: 'email', address: ada.email, message: { kind } }]);
  expect(planMessages(told, { ...ada, email: null }).deliveries).toMatchObject([{ channel: 'sms' }]);
});

test('due reviews show in the app and on devices, missed reminders in one summary by mail', () => {
  const reviews = planMessages(event('reviews.due', { userId, count: 3, day: '2026-12-09' }), ada);
  expect(reviews.inbox).toMatchObject([{ type: 'review', title: '3 reviews are due today' }]);
  expect(reviews.deliveries).toMatchObject([{ channel: 'push', message: { kind: 'reviews-due', count: 3 } }]);
  const times = {
    oldestScheduledAt: '2026-12-07T08:00:00.000Z',
    newestScheduledAt: '2026-12-08T08:00:00.000Z',
  };
  const missed = planMessages(event('reminder.missed', { userId, count: 2, ...times }), ada);
  expect(missed.inbox).toMatchObject([{ type: 'overdue', title: '2 reminders were missed' }]);
  expect(missed.deliveries).toMatchObject([
    { channel: 'email', message: { kind: 'reminders-missed', ...times } },
  ]);
});

test('a change of address goes to the address in the event, with its link sealed', () => {
  const facts = {
    channel: 'EMAIL',
    to: 'Old@example.com',
    name: 'Ada',
    sealedLink: 'sealed',
    ...german,
  } as const;
  const { userId: _, ...where } = place;
  const asked = { ...facts, ...where, kind: 'EMAIL', newAddress: 'n…@example.com' } as const;
  for (const told of [
    event('address.change_requested', asked),
    event('address.change_reverted', { ...facts, kind: 'EMAIL' }),
  ]) {
    const [delivery] = planMessages(told, null).deliveries;
    expect(delivery).toMatchObject({
      address: 'Old@example.com',
      recipient: 'old@example.com',
      userId: null,
      ...german,
    });
    expect(delivery?.message).toMatchObject({ addressKind: 'EMAIL', sealedLink: 'sealed' });
  }
});

test('account.deleted goes out in the language and zone of the account', () => {
  const plan = planMessages(
    event('account.deleted', {
      channel: 'EMAIL',
      to: 'ada@example.com',
      name: 'Ada',
      locale: 'de',
      timeZone: 'Europe/Berlin',
      restorableUntil: '2027-01-08T08:00:00.000Z',
      sealedToken: null,
    }),
    null,
  );
  expect(plan.deliveries).toMatchObject([{ locale: 'de', timeZone: 'Europe/Berlin', userId: null }]);
});

test('nobody is told of a code that was withheld or of a purge', () => {
  expect(planMessages(event('code.withheld', {}), null)).toEqual({ inbox: [], deliveries: [] });
  const purged = event('user.purged', { userId, sealedAddresses: 'sealed' });
  expect(planMessages(purged, null)).toEqual({ inbox: [], deliveries: [] });
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

  test('what was queued before events told of language and browser is understood', () => {
    const note = parseEvent({
      ...good,
      name: 'signup.address_taken',
      data: { channel: 'SMS', to: '+14155550123' },
    });
    expect(planMessages(note, null).deliveries).toMatchObject([{ locale: 'en', timeZone: 'UTC' }]);
    const place = { ip: null, device: 'Firefox on Linux' };
    const data = { userId, how: 'set', ...place };
    expect(parseEvent({ ...good, name: 'password.changed', data }).data).toMatchObject({
      ...place,
      os: null,
    });
  });

  test('its reasons hold no values', () => {
    const secret = { channel: 'FAX', to: 'ada@example.com', sealedCode: 7 };
    expect(() => parseEvent({ ...good, name: 'code.issued', data: secret })).toThrow(/^(?!.*(ada|FAX)).*$/);
  });
});
