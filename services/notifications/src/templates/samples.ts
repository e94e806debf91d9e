import type { Content, ReminderContent } from './messages.ts';

const reminder: ReminderContent = {
  kind: 'reminder',
  name: 'Ada',
  taskId: '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10',
  title: 'Read graphs',
  message: null,
  scheduledAt: '2026-12-09T08:50:00.000Z',
  dueDate: '2026-12-09T09:00:00.000Z',
  dueDay: null,
};
const place = {
  name: 'Ada',
  device: 'Firefox on Linux',
  browser: 'Firefox',
  os: 'Linux',
  ip: '203.0.113.9',
  occurredAt: '2026-12-09T08:49:00.000Z',
};
/** One of each message, for previews and tests. */
export const samples: readonly Content[] = [
  { kind: 'code', purpose: 'SIGNUP', name: 'Ada', code: '012345', expiresAt: '2026-12-09T09:00:00.000Z' },
  { kind: 'address-taken' },
  {
    kind: 'token-reused',
    ...place,
  },
  reminder,
  { kind: 'new-device', ...place },
  { kind: 'password-changed', how: 'reset', ...place },
  { kind: 'second-factor-changed', change: 'totp_off', ...place },
  { kind: 'credential-changed', change: 'passkey_added', credential: 'Blue key', ...place },
  {
    kind: 'address-change-requested',
    addressKind: 'EMAIL',
    newAddress: 'e…@example.com',
    link: 'https://plan.example.com/cancel-change?token=t',
    ...place,
  },
  {
    kind: 'address-change-reverted',
    name: 'Ada',
    addressKind: 'PHONE',
    link: 'https://plan.example.com/reset-password?token=t',
  },
  { kind: 'account-deleted', name: 'Ada', restorableUntil: '2027-01-08T08:00:00.000Z', token: 'a.b' },
  { kind: 'merchant-verified', name: 'Ada', businessName: 'Ada & Co' },
  { kind: 'merchant-rejected', name: 'Ada', businessName: 'Ada & Co', reason: 'The tax id is not yours' },
  { kind: 'export-ready', name: 'Ada', exportId: reminder.taskId, expiresAt: '2026-12-16T08:00:00.000Z' },
  {
    ...{ kind: 'shared', name: 'Ada', what: 'document', id: reminder.taskId },
    ...{ title: 'Graphs & trees', by: 'Bo', access: 'comment' },
  },
  { kind: 'share-invited', what: 'task', by: 'Bo' },
  {
    ...{ kind: 'comment-added', name: 'Ada', why: 'mention', docId: reminder.taskId },
    ...{ title: 'Graphs', by: 'Bo', excerpt: '@ada, is this right?' },
  },
  { kind: 'reviews-due', name: 'Ada', count: 3 },
  {
    kind: 'reminders-missed',
    name: 'Ada',
    count: 2,
    oldestScheduledAt: '2026-12-07T08:00:00.000Z',
    newestScheduledAt: '2026-12-08T08:00:00.000Z',
  },
  {
    kind: 'digest',
    name: 'Ada',
    items: [{ title: 'Reminder: Read', detail: 'Due today', taskId: reminder.taskId }],
  },
  {
    kind: 'morning',
    name: 'Ada',
    day: '2026-12-09',
    overdue: [{ taskId: reminder.taskId, title: 'Late & worried', dueDate: null, dueDay: '2026-12-08' }],
    today: [{ taskId: reminder.taskId, title: 'Read', dueDate: reminder.dueDate, dueDay: null }],
    reviewsDue: 2,
    estimatedMinutes: 45,
  },
  { kind: 'weekly', name: 'Ada', completed: 5, overdue: 1, upcoming: 3, streakDays: 4 },
];
