import createClient from 'openapi-fetch';
import type { components, paths } from './api.gen.ts';
import { toProblem } from './problem.ts';
import { sessionFetch } from './session.ts';

export type User = components['schemas']['User'];
export type Me = components['schemas']['Me'];
export type SecurityEvent = components['schemas']['SecurityEvent'];
export type Passkey = components['schemas']['Passkey'];
export type Device = components['schemas']['Device'];
export type PersonalToken = components['schemas']['PersonalToken'];
export type Merchant = components['schemas']['Merchant'];
export type AdminUser = components['schemas']['AdminUser'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type DataExport = components['schemas']['DataExport'];
export type SecondFactorRequired = components['schemas']['SecondFactorRequired'];
export type Task = components['schemas']['Task'];
export type Document = components['schemas']['Document'];
export type DocumentSummary = components['schemas']['DocumentSummary'];
export type DocumentVersion = components['schemas']['DocumentVersion'];
export type DocumentDiff = components['schemas']['DocumentDiff'];
export type Comment = components['schemas']['Comment'];
export type Share = components['schemas']['Share'];
export type SearchHit = components['schemas']['SearchHit'];
export type Reminder = components['schemas']['Reminder'];
export type Today = components['schemas']['Today'];
export type Notification = components['schemas']['Notification'];
export type Session = components['schemas']['Session'];
export type Review = components['schemas']['Review'];
export type ReviewWithNext = components['schemas']['ReviewWithNext'];
export type Exam = components['schemas']['Exam'];
export type CalendarItem = components['schemas']['CalendarItem'];
export type Analytics = components['schemas']['Analytics'];
export type Budget = components['schemas']['Budget'];
export type TaskStatus = Task['status'];
export type Priority = Task['priority'];

/** The typed client of the API: same origin, cookies, session kept alive. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  // The query cache is the cache. The browser's below it would answer a reload with what was just replaced.
  cache: 'no-store',
  fetch: sessionFetch,
});

/** The body of a success, or a thrown `Problem`. */
export async function unwrap<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T extends undefined ? undefined : T> {
  const { data, error, response } = await call;
  if (!response.ok) throw toProblem(response, error);
  return data as T extends undefined ? undefined : T;
}

/** The header that makes an update fail with 412 when the resource has moved on from `version`. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** The header that makes a repeated create answer like the first. */
export function idempotencyKey(): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': randomUuid() };
}

function randomUuid(): string {
  // crypto.randomUUID exists in secure contexts only.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
