import { counting } from '../counting.ts';

const count = counting('en');

export const tasks = {
  title: 'Tasks',
  add: 'Add task',
  addPlaceholder: 'What do you want to get done?',
  addTitle: 'Title',
  addDue: 'Due',
  addMissing: 'Give the task a title',
  added: (title: string) => `Added “${title}”`,
  addFailed: 'The task was not added',
  open: 'Open',
  filter: 'Show',
  filters: { all: 'All', todo: 'To do', 'in-progress': 'In progress', completed: 'Completed' },
  status: { todo: 'To do', 'in-progress': 'In progress', completed: 'Completed' },
  priority: { low: 'Low', medium: 'Medium', high: 'High' },
  priorityOf: { low: 'Low priority', medium: 'Medium priority', high: 'High priority' },
  loadMore: 'Load more',
  list: 'Tasks',
  emptyTitle: 'No tasks yet',
  emptyText: 'Add the first one above. A title is enough to begin.',
  emptyFilterTitle: 'No tasks here',
  emptyFilterText: 'Nothing has this status right now.',
  complete: (title: string) => `Complete “${title}”`,
  reopen: (title: string) => `Reopen “${title}”`,
  completed: (title: string) => `Completed “${title}”`,
  undo: 'Undo',
  completeFailed: (title: string) => `“${title}” was not changed`,
  remindersShort: (n: number) => count(n, 'reminder', 'reminders'),
  filesShort: (n: number) => count(n, 'file', 'files'),
  overdue: 'overdue',
};
