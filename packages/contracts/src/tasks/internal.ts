import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { id, instant } from '../fields.ts';
import { timeline } from '../notifications/timeline.ts';
import { today } from './schemas.ts';

const person = z.object({ userId: id });

/** What a week held, for the weekly review. */
export const weekSummary = z.object({
  completed: z.int(),
  overdue: z.int(),
  upcoming: z.int(),
  streakDays: z.int(),
});

/** What the notifications service asks for and does in a person's name. */
export const messageRoutes = {
  getReminderTimeline: defineRoute({
    method: 'GET',
    path: '/v1/reminders/:reminderId/timeline',
    summary: 'What happened to a reminder and its messages, oldest first',
    auth: 'required',
    params: z.object({ reminderId: id }),
    responses: { 200: timeline },
    errors: ['REMINDER_NOT_FOUND'],
  }),
  getTodayOf: defineRoute({
    method: 'GET',
    path: '/internal/tasks/today/:userId',
    summary: 'What is due today for a person, and what is overdue',
    auth: 'internal',
    params: person,
    responses: { 200: today },
    errors: [],
  }),
  getWeekOf: defineRoute({
    method: 'GET',
    path: '/internal/tasks/week/:userId',
    summary: 'What the past week of a person held and the next one brings',
    auth: 'internal',
    params: person,
    responses: { 200: weekSummary },
    errors: [],
  }),
  followReminder: defineRoute({
    method: 'POST',
    path: '/internal/tasks/reminders/:reminderId/follow',
    summary: 'Act on a reminder by a link in its message',
    auth: 'internal',
    params: z.object({ reminderId: id }),
    body: z.strictObject({
      userId: id,
      action: z.enum(['complete', 'snooze', 'tomorrow']),
      scheduledAt: instant.meta({
        description: 'The time the message was sent for; another one means a stale link',
      }),
    }),
    responses: { 200: z.object({ isDone: z.boolean() }) },
    errors: [],
  }),
} as const;
