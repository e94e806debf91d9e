import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { day, id, instant, instantOut } from '../fields.ts';

export const calendarKind = z.enum(['task', 'reminder', 'review', 'exam']);
export type CalendarKind = z.infer<typeof calendarKind>;

export const calendarItem = z
  .object({
    kind: calendarKind,
    id,
    title: z.string(),
    allDay: z.boolean(),
    start: instantOut.meta({ description: 'For an all-day item the beginning of its day in my time zone' }),
    day: z.string().meta({ description: 'The calendar day in my time zone' }),
    status: z.string().meta({
      description: 'Of the task, the reminder or the review; `planned` for an exam and what is projected',
    }),
    taskId: id.nullable(),
    minutes: z.int().nullable().meta({ description: 'Estimate' }),
    recurring: z.boolean().meta({ description: 'A task that comes again' }),
    projected: z.boolean().meta({
      description:
        'An occurrence to come of the recurring task with this `id`; it moves with its series only. What is counted from completion has none.',
    }),
    version: z.int(),
  })
  .meta({ id: 'CalendarItem' });
export type CalendarItem = z.infer<typeof calendarItem>;

const edge = z.union([instant, day]);

export const calendarQuery = z.strictObject({
  from: edge.meta({ description: 'An instant, or a day in my time zone' }),
  to: edge.meta({
    description:
      'An instant (left out itself) or a day (included). At most 366 days after `from`. Escape the plus of an offset.',
  }),
  limit: z.coerce.number().int().min(1).max(2_000).default(1_000),
  cursor: z.string().max(500).optional().meta({ description: '`nextCursor` of the page before' }),
});

export const moveScope = z.enum(['occurrence', 'series']);

export const moveItemBody = z
  .strictObject({
    start: instant.optional(),
    day: day.optional(),
    scope: moveScope.default('occurrence').meta({
      description:
        '`series` moves a recurring task with all its occurrences to come: its rule follows to the new weekday, day of the month or time. What does not recur moves alone.',
    }),
  })
  .refine((value) => (value.start === undefined) !== (value.day === undefined), {
    message: 'Give either start or day',
    path: ['start'],
  });
export type MoveItemBody = z.output<typeof moveItemBody>;

export const calendarFeed = z
  .object({
    url: z.string().meta({ description: 'Whoever has it can read the calendar. `?as=todo` gives to-dos.' }),
    createdAt: instantOut,
  })
  .meta({ id: 'CalendarFeed' });
export type CalendarFeed = z.infer<typeof calendarFeed>;

const feedParams = z.object({ token: z.string().max(100) });

export const calendarRoutes = {
  getCalendar: defineRoute({
    method: 'GET',
    path: '/v1/calendar',
    summary: 'My tasks, reminders, reviews and exams within a window, by time',
    description:
      'Recurring tasks are expanded: what is to come of them is `projected`. A page may hold fewer items than its limit and still have a `nextCursor`.',
    auth: 'required',
    query: calendarQuery,
    responses: { 200: z.object({ items: z.array(calendarItem), nextCursor: z.string().nullable() }) },
    errors: [],
  }),
  moveCalendarItem: defineRoute({
    method: 'PATCH',
    path: '/v1/calendar/:kind/:id',
    summary: 'Move one item, or a series, to another instant or day',
    description:
      'A task moved to a day becomes an all-day task. A reminder or review moved to a day keeps its time of day. An exam has a day only.',
    auth: 'required',
    params: z.object({ kind: calendarKind, id }),
    body: moveItemBody,
    responses: { 200: calendarItem },
    errors: [
      'TASK_NOT_FOUND',
      'REMINDER_NOT_FOUND',
      'REVIEW_NOT_FOUND',
      'EXAM_NOT_FOUND',
      'REMINDER_IN_PAST',
      'REMINDER_CLOSED',
      'TASK_COMPLETED',
      'RECURRENCE_IMPOSSIBLE',
      'EXAM_IN_PAST',
    ],
    conditional: true,
  }),
  createCalendarFeed: defineRoute({
    method: 'POST',
    path: '/v1/calendar/feed',
    summary: 'Make the secret address of my calendar for other programs; an earlier one ends',
    auth: 'required',
    scope: null,
    whileImpersonating: 'refused',
    responses: { 201: calendarFeed },
    errors: [],
    idempotent: true,
  }),
  getCalendarFeed: defineRoute({
    method: 'GET',
    path: '/v1/calendar/feed',
    summary: 'The secret address of my calendar',
    auth: 'required',
    scope: null,
    whileImpersonating: 'refused',
    responses: { 200: calendarFeed },
    errors: ['CALENDAR_FEED_NOT_FOUND'],
  }),
  deleteCalendarFeed: defineRoute({
    method: 'DELETE',
    path: '/v1/calendar/feed',
    summary: 'End the secret address of my calendar',
    auth: 'required',
    responses: { 204: null },
    errors: ['CALENDAR_FEED_NOT_FOUND'],
  }),
  readCalendarFeed: defineRoute({
    method: 'GET',
    path: '/v1/calendar/:token.ics',
    summary: 'A calendar as iCalendar (RFC 5545), for calendar programs',
    description: 'From 90 days ago to 366 days ahead. Answers 304 to `If-None-Match` while nothing changed.',
    auth: 'none',
    params: feedParams,
    query: z.strictObject({ as: z.enum(['event', 'todo']).default('event') }),
    responses: { 200: 'stream' },
    errors: ['CALENDAR_FEED_NOT_FOUND'],
  }),
} as const;
