import { z } from 'zod';
import { shareAccess } from '../documents/schemas.ts';
import { day, flag, id, instant, instantOut, notEmpty, page, text, webLink } from '../fields.ts';
import { attachment } from './attachments.ts';
import { recurrence, recurrenceInput } from './recurrence.ts';
import { review } from './review-schemas.ts';

export const taskStatus = z.enum(['todo', 'in-progress', 'completed']);
export const priority = z.enum(['low', 'medium', 'high']);
export const reminderType = z
  .enum(['email', 'push', 'sms', 'in-app', 'both'])
  .meta({ description: '`both` is e-mail and push. Every reminder also shows in the app.' });
export const reminderStatus = z.enum(['pending', 'sent', 'completed', 'skipped', 'missed']);
export type ReminderType = z.infer<typeof reminderType>;
export type ReminderStatus = z.infer<typeof reminderStatus>;

export const reminder = z
  .object({
    id,
    taskId: id,
    scheduledAt: instantOut,
    offsetMinutes: z
      .int()
      .nullable()
      .meta({ description: 'Minutes before the due date, which the reminder then follows' }),
    type: reminderType,
    message: z.string().nullable(),
    status: reminderStatus,
    sentAt: instantOut.nullable(),
    completedAt: instantOut.nullable(),
    version: z.int(),
    createdAt: instantOut,
    updatedAt: instantOut,
  })
  .meta({ id: 'Reminder' });
export type Reminder = z.infer<typeof reminder>;

export const task = z
  .object({
    id,
    title: z.string(),
    description: z.string().nullable(),
    link: z.string().nullable(),
    status: taskStatus,
    priority,
    category: z.string().nullable(),
    labels: z.array(z.string()),
    dueDate: instantOut.nullable(),
    dueDay: z.string().nullable(),
    estimateMinutes: z.int().nullable(),
    parentId: id.nullable(),
    position: z.int().meta({ description: 'Place in the manual order; smaller is further up' }),
    recurrence: recurrence.nullable(),
    seriesId: id.nullable().meta({ description: 'The same for all occurrences of a recurring task' }),
    completedAt: instantOut.nullable(),
    deletedAt: instantOut.nullable().meta({ description: 'Since when it is in the bin' }),
    reminders: z.array(reminder),
    attachments: z.array(attachment),
    version: z.int(),
    createdAt: instantOut,
    updatedAt: instantOut,
    ownerId: id.optional().meta({ description: 'Whose it is, where it is shared with me' }),
    access: shareAccess.optional().meta({
      description: 'What I may do with it, where it is shared with me; its reminders I do not see',
    }),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof task>;

const MINUTES_A_WEEK = 10_080;

const taskFields = {
  title: text({ min: 1, max: 200 }),
  description: text({ max: 10_000 }).nullable(),
  link: webLink.nullable(),
  status: taskStatus,
  priority,
  category: text({ min: 1, max: 50 }).nullable(),
  labels: z.array(text({ min: 1, max: 30 })).max(20),
  dueDate: instant.nullable(),
  dueDay: day.nullable(),
  estimateMinutes: z.int().min(1).max(MINUTES_A_WEEK).nullable(),
  parentId: id.nullable().meta({ description: 'Makes it a subtask; a subtask has no subtasks' }),
  position: z.int().meta({ description: 'Place in the manual order; a new task goes to the end' }),
  recurrence: recurrenceInput.nullable().meta({
    description:
      'Without a due date the first date of the rule from today on becomes it. A changed due date moves this occurrence only; given together with the rule it starts the series anew.',
  }),
};

export const createTaskBody = z
  .strictObject({ ...taskFields })
  .partial()
  .required({ title: true });
export type CreateTaskBody = z.output<typeof createTaskBody>;

export const replaceTaskBody = createTaskBody;

export const updateTaskBody = notEmpty(z.strictObject({ ...taskFields }).partial());
export type UpdateTaskBody = z.output<typeof updateTaskBody>;

export const listTasksQuery = z.strictObject({
  ...page,
  status: taskStatus.optional(),
  completed: flag.optional().meta({ description: '0 for what is open, whatever its status' }),
  priority: priority.optional(),
  category: text({ min: 1, max: 50 }).optional(),
  label: text({ min: 1, max: 30 }).optional(),
  dueBefore: instant.optional(),
  dueAfter: instant.optional(),
  overdue: flag.optional(),
  q: text({ min: 1, max: 200 }).optional().meta({ description: 'Words in the title or description' }),
  parentId: id.optional().meta({ description: 'The subtasks of one task' }),
  subtasks: flag.optional().meta({ description: '0 leaves subtasks out, 1 lists nothing else' }),
  seriesId: id.optional().meta({ description: 'The occurrences of one recurring task' }),
  deleted: flag.optional().meta({ description: '1 for what is in the bin' }),
  shared: flag.optional().meta({ description: '1 for what others share with me, and nothing of mine' }),
  sort: z.enum(['created', 'due', 'priority', 'position']).default('created'),
  order: z.enum(['asc', 'desc']).optional().meta({
    description:
      'Without: newest, soonest due, most important or the manual order first. What has no date is last either way.',
  }),
});
export type ListTasksQuery = z.output<typeof listTasksQuery>;

export const today = z
  .object({
    date: z.string(),
    timeZone: z.string(),
    overdue: z.array(task),
    due: z.array(task),
    completedToday: z.int(),
    reviews: z.array(review).meta({ description: 'Reviews due today, within the daily limits' }),
    reviewsDue: z.int().meta({ description: 'How many reviews are due today, within the daily limits' }),
    taskMinutes: z.int().meta({ description: 'Estimates of all open tasks shown' }),
    reviewMinutes: z.int().meta({ description: 'Reviews due times my median review time' }),
    estimatedMinutes: z.int().meta({ description: 'Tasks and reviews together, in minutes' }),
    freeMinutes: z.int().nullable().meta({ description: 'What I set for this weekday; null when nothing' }),
    overflows: z.boolean().meta({ description: 'More is planned than there is time for' }),
  })
  .meta({ id: 'Today' });
export type Today = z.infer<typeof today>;

const message = text({ max: 500 }).nullable();

const MAX_OFFSET_MINUTES = 525_600;
const offsetMinutes = z
  .int()
  .min(0)
  .max(MAX_OFFSET_MINUTES)
  .meta({ description: 'Minutes before the due date, or before the beginning of the due day' });

export const createReminderBody = z
  .strictObject({
    taskId: id,
    scheduledAt: instant.optional(),
    offsetMinutes: offsetMinutes.optional(),
    type: reminderType.default('email'),
    message: message.optional(),
  })
  .refine((value) => (value.scheduledAt === undefined) !== (value.offsetMinutes === undefined), {
    message: 'Give either scheduledAt or offsetMinutes',
    path: ['scheduledAt'],
  });

export const updateReminderBody = notEmpty(
  z.strictObject({ scheduledAt: instant, offsetMinutes, type: reminderType, message }).partial(),
).refine((value) => value.scheduledAt === undefined || value.offsetMinutes === undefined, {
  message: 'Give either scheduledAt or offsetMinutes',
  path: ['scheduledAt'],
});

export const listRemindersQuery = z.strictObject({
  ...page,
  status: reminderStatus.optional(),
  from: instant.optional(),
  to: instant.optional(),
});

const MAX_SNOOZE_MINUTES = 43_200;

export const snoozeBody = z
  .strictObject({ minutes: z.int().min(1).max(MAX_SNOOZE_MINUTES).optional(), until: instant.optional() })
  .refine((value) => (value.minutes === undefined) !== (value.until === undefined), {
    message: 'Give either minutes or until',
    path: ['minutes'],
  });

export const streaks = z
  .object({
    active: z.int().meta({ description: 'Days in a row up to today or yesterday' }),
    longest: z.int(),
    freezesLeft: z.int().meta({
      description:
        'Missed days that will be bridged. Earned by every 7th active day of a month, 2 a month, 2 held.',
    }),
  })
  .meta({ id: 'Streaks' });
