/**
 * Wall clock ↔ instant in a named time zone. Pickers and quick choices speak wall clock (`2026-12-09 09:00:00`),
 * the API speaks instants; the zone is the one of the person's profile, not the browser's.
 */
import { dateFormat } from './date-format.ts';

function formatterOf(zone: string): Intl.DateTimeFormat {
  return dateFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/** `2026-12-09T08:00:00.000Z` in Europe/Berlin → `2026-12-09 09:00:00`. */
export function instantToWall(instant: string | Date, zone: string): string {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(new Date(instant))) parts[type] = value;
  const year = (parts.year ?? '').padStart(4, '0');
  return `${year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

function wallAsUtc(wall: string): number {
  return Date.parse(`${wall.slice(0, 10)}T${wall.slice(11).padEnd(8, ':00')}Z`);
}

/** Milliseconds the zone is ahead of UTC at an instant. */
function offsetAt(time: number, zone: string): number {
  return wallAsUtc(instantToWall(new Date(time), zone)) - Math.floor(time / 1000) * 1000;
}

/**
 * `2026-12-09 09:00:00` in Europe/Berlin → `2026-12-09T08:00:00.000Z`. A time the clocks skip moves on by the gap;
 * of a time that comes twice the first is taken (as RFC 5545 and Temporal's `compatible` do).
 */
export function wallToInstant(wall: string, zone: string): string {
  const asUtc = wallAsUtc(wall);
  const before = offsetAt(asUtc - 86_400_000, zone);
  const after = offsetAt(asUtc + 86_400_000, zone);
  for (const offset of [before, after]) {
    if (offsetAt(asUtc - offset, zone) === offset) return new Date(asUtc - offset).toISOString();
  }
  return new Date(asUtc - before).toISOString();
}

/** The calendar day an instant falls on. */
export function dayOf(instant: string | Date, zone: string): string {
  return instantToWall(instant, zone).slice(0, 10);
}

/** `2026-12-31` + 1 → `2027-01-01`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The zone of this browser. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Whether two names mean one zone: many have two, like Asia/Calcutta and Asia/Kolkata. */
export function isSameZone(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other);
}

function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // A zone the server knows and this browser does not.
    return zone;
  }
}
