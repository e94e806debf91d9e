import { z } from 'zod';

/** `due` counts the next date from the schedule, `completion` from the day the task was completed. */
export const recurrenceAnchor = z.enum(['due', 'completion']);

const MAX_RULE_LENGTH = 500;

/** The shape of a rule only: the service judges its parts, and says which one is wrong. */
const rrule = z
  .string()
  .max(MAX_RULE_LENGTH, `Must be at most ${MAX_RULE_LENGTH} characters`)
  .regex(
    /^(RRULE:)?[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*;?$/i,
    'Must be a recurrence rule as in RFC 5545, for example FREQ=WEEKLY;BYDAY=MO,TH',
  )
  .transform((rule) =>
    rule
      .toUpperCase()
      .replace(/^RRULE:/, '')
      .replace(/;$/, ''),
  )
  .meta({ description: 'RRULE of RFC 5545, hourly or slower', example: 'FREQ=WEEKLY;BYDAY=MO,TH' });

export const recurrenceInput = z.strictObject({
  rrule,
  anchor: recurrenceAnchor.default('due').meta({
    description: 'Count the next date from the schedule (`due`) or from when I completed it (`completion`)',
  }),
});
export type RecurrenceInput = z.output<typeof recurrenceInput>;

export const recurrence = z
  .object({ rrule: z.string(), anchor: recurrenceAnchor })
  .meta({ id: 'Recurrence' });
