/** Problems of the tasks service. */
export const taskProblems = {
  TASK_NOT_FOUND: [404, 'Task not found'],
  REMINDER_NOT_FOUND: [404, 'Reminder not found'],
  REMINDER_IN_PAST: [422, 'A reminder must be in the future'],
  REMINDER_CLOSED: [422, 'This reminder is already over'],
  REVIEW_NOT_FOUND: [404, 'Review not found'],
  REVIEW_EXISTS: [409, 'This task is already reviewed'],
  REVIEW_SUSPENDED: [422, 'This review is suspended'],
  REVIEW_NOTHING_TO_UNDO: [422, 'There is no grade to take back'],
  EXAM_NOT_FOUND: [404, 'Exam not found'],
  EXAM_IN_PAST: [422, 'An exam must not lie in the past'],
  EXAM_LIMIT: [422, 'There are too many exams'],
  CALENDAR_FEED_NOT_FOUND: [404, 'There is no such calendar feed'],
  TASK_COMPLETED: [422, 'This task is already completed'],
  DUE_DATE_AND_DAY: [400, 'A task has a due instant or a due day, not both'],
} as const;
