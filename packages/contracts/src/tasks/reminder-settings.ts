import { z } from 'zod';
import { defineRoute } from '../contract.ts';
import { notEmpty } from '../fields.ts';
import { reminderType } from './schemas.ts';

const MAX_OFFSET_MINUTES = 525_600;

const fields = {
  beforeDue: z.boolean().meta({ description: 'Whether a task with a due date gets a reminder by itself' }),
  offsetMinutes: z.int().min(0).max(MAX_OFFSET_MINUTES).meta({ description: 'Minutes before the due date' }),
  type: reminderType,
};

export const reminderSettings = z
  .object({ ...fields, version: z.int().meta({ description: '0 while nothing was set' }) })
  .meta({ id: 'ReminderSettings' });
export type ReminderSettings = z.infer<typeof reminderSettings>;

export const updateReminderSettingsBody = notEmpty(z.strictObject(fields).partial());

export const reminderSettingsRoutes = {
  getReminderSettings: defineRoute({
    method: 'GET',
    path: '/v1/reminders/settings',
    summary: 'The reminder that a task with a due date gets by itself',
    auth: 'required',
    responses: { 200: reminderSettings },
    errors: [],
    conditional: true,
  }),
  updateReminderSettings: defineRoute({
    method: 'PATCH',
    path: '/v1/reminders/settings',
    summary: 'Change the reminder that a task with a due date gets by itself; those there are stay',
    auth: 'required',
    body: updateReminderSettingsBody,
    responses: { 200: reminderSettings },
    errors: [],
    conditional: true,
  }),
} as const;
