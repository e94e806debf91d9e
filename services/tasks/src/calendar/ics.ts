import type ICAL from 'ical.js';
import type { ICalCalendar } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { CalendarRow } from './rules.ts';

export interface FeedOptions {
  as: 'event' | 'todo';
  timeZone: string;
  /** Address people use; links begin with it. */
  publicUrl: string;
}

/** What reads and writes iCalendar, loaded with the first feed that is asked for. */
async function loadLibraries() {
  const [generator, zones, { default: parser }] = await Promise.all([
    import('ical-generator'),
    import('timezones-ical-library'),
    import('ical.js'),
  ]);
  return { generator, zones, parser };
}

type Libraries = Awaited<ReturnType<typeof loadLibraries>>;

/** How often programs are asked to look again. */
const REFRESH_SECONDS = 3_600;
const DEFAULT_MINUTES = 30;
const PREFIX = { task: '', reminder: 'Reminder: ', review: 'Review: ', exam: 'Exam: ' } as const;

/** Titles are one line; RFC 5545 allows no control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const CONTROL = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g;

function titleOf({ kind, title, status }: CalendarRow): string {
  const isDone = status === 'completed';
  return `${isDone ? '✓ ' : ''}${PREFIX[kind]}${title.replaceAll(CONTROL, ' ')}`;
}

/** Never changes for the same item, so that programs recognise it. */
const uidOf = ({ kind, id }: CalendarRow) => `${kind}-${id}@spacedly`;

function linkOf({ kind, taskId }: CalendarRow, publicUrl: string): string {
  return kind === 'exam' ? `${publicUrl}/` : `${publicUrl}/tasks/${taskId}`;
}

/** The definition of a zone and the name it goes by there; null for a zone the library does not know. */
function zoneBlock({ zones }: Libraries, timeZone: string): { block: string; name: string } | null {
  const found = zones.tzlib_get_ical_block(timeZone);
  if (!Array.isArray(found)) return null;
  const [block, name] = found;
  return block && name?.startsWith('TZID=') ? { block, name: name.slice(5) } : null;
}

/** Reviews are due on a day rather than at a minute. */
const isAllDay = ({ kind, allDay }: CalendarRow) => allDay || kind === 'review';

const instantOf = (text: string) => Temporal.Instant.fromEpochMilliseconds(Date.parse(text));

interface Place {
  calendar: ICalCalendar;
  zone: string;
  publicUrl: string;
}

function addEvent({ generator }: Libraries, { calendar, zone, publicUrl }: Place, row: CalendarRow): void {
  const { ICalEventTransparency: Transparency } = generator;
  const common = {
    id: uidOf(row),
    summary: titleOf(row),
    stamp: new Date(row.updatedAt),
    lastModified: new Date(row.updatedAt),
    sequence: row.version,
    url: linkOf(row, publicUrl),
    transparency: row.kind === 'task' || row.kind === 'exam' ? Transparency.OPAQUE : Transparency.TRANSPARENT,
  };
  if (isAllDay(row)) {
    calendar.createEvent({ ...common, start: Temporal.PlainDate.from(row.day), allDay: true });
    return;
  }
  const start = instantOf(row.start).toZonedDateTimeISO(zone);
  const end = start.add({ minutes: row.minutes ?? DEFAULT_MINUTES });
  calendar.createEvent({ ...common, start, end, timezone: zone });
}

const TODO_STATUS: Readonly<Record<string, string>> = {
  completed: 'COMPLETED',
  skipped: 'CANCELLED',
  'in-progress': 'IN-PROCESS',
};

/** RFC 5545, section 3.6.2: when it begins becomes when it is due. ical-generator knows events only. */
function toTodo({ parser }: Libraries, event: ICAL.Component, row: CalendarRow): ICAL.Component {
  const todo = new parser.Component('vtodo');
  for (const name of ['uid', 'sequence', 'dtstamp', 'last-modified', 'summary', 'url']) {
    const property = event.getFirstProperty(name);
    if (property) todo.addProperty(property);
  }
  const begin = event.getFirstProperty('dtstart');
  if (begin) {
    const due = new parser.Property('due', todo);
    const zone = begin.getParameter('tzid');
    if (zone) due.setParameter('tzid', zone);
    due.setValue(begin.getFirstValue() as ICAL.Time);
    todo.addProperty(due);
  }
  todo.addPropertyWithValue('status', TODO_STATUS[row.status] ?? 'NEEDS-ACTION');
  return todo;
}

function asTodos(libraries: Libraries, text: string, rows: readonly CalendarRow[]): string {
  const { parser } = libraries;
  const calendar = new parser.Component(parser.parse(text));
  const byUid = new Map(rows.map((row) => [uidOf(row), row]));
  for (const event of calendar.getAllSubcomponents('vevent')) {
    const row = byUid.get(String(event.getFirstPropertyValue('uid')));
    calendar.removeSubcomponent(event);
    if (row !== undefined) calendar.addSubcomponent(toTodo(libraries, event, row));
  }
  return `${calendar.toString()}\r\n`;
}

/** Items as iCalendar (RFC 5545), in the zone of their owner. The same items give the same bytes. */
export async function writeCalendar(rows: readonly CalendarRow[], options: FeedOptions): Promise<string> {
  const { as, timeZone, publicUrl } = options;
  const libraries = await loadLibraries();
  const zone = zoneBlock(libraries, timeZone);
  const calendar = libraries.generator.default({
    name: 'Spacedly',
    prodId: { company: 'Spacedly', product: 'Planner' },
  });
  // On the events rather than on the calendar: ical-generator would write stamps, which must be UTC, in its zone too.
  calendar.timezone({ name: null, generator: () => zone?.block ?? '' });
  calendar.ttl(REFRESH_SECONDS);
  // What the person put off needs no place in another program's day.
  const shown = rows.filter(({ kind, status }) => kind !== 'reminder' || status === 'pending');
  const place = { calendar, zone: zone?.name ?? 'UTC', publicUrl };
  for (const row of shown) addEvent(libraries, place, row);
  const text = `${calendar.toString()}\r\n`;
  return as === 'todo' ? asTodos(libraries, text, shown) : text;
}
