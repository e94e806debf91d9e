import { counting } from '../counting.ts';

const count = counting('en');

export const bulk = {
  bar: 'Selected tasks',
  selected: (n: number) => `${n} selected`,
  all: 'Select all',
  none: 'Clear',
  complete: 'Complete',
  change: 'Change',
  delete: 'Delete',
  completed: (n: number) => `Completed ${count(n, 'task', 'tasks')}`,
  changed: (n: number) => `Changed ${count(n, 'task', 'tasks')}`,
  deleted: (n: number) => `Moved ${count(n, 'task', 'tasks')} to the bin`,
  failed: 'The tasks were not changed',
  undoFailed: (n: number) => `${count(n, 'task', 'tasks')} could not be brought back`,
  dialogTitle: (n: number) => `Change ${count(n, 'task', 'tasks')}`,
  keep: 'Leave as it is',
  apply: 'Change',
  nothing: 'Choose at least one change',
  due: { keep: 'Leave as it is', today: 'Today', tomorrow: 'Tomorrow', week: 'In a week', none: 'No date' },
};
