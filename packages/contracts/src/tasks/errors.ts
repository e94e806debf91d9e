/** Problems of the tasks service. */
export const taskProblems = {
  TASK_NOT_FOUND: [404, 'Task not found'],
  REMINDER_NOT_FOUND: [404, 'Reminder not found'],
  REMINDER_IN_PAST: [422, 'A reminder must be in the future'],
  REMINDER_CLOSED: [422, 'This reminder is already over'],
  TASK_COMPLETED: [422, 'This task is already completed'],
  DUE_DATE_AND_DAY: [400, 'A task has a due instant or a due day, not both'],
} as const;
