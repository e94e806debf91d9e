import { counting } from '../counting.ts';

const count = counting('en');

export const today = {
  streak: (days: number) => count(days, 'day', 'days'),
  streakLabel: 'Streak',
  streakLongest: (days: number) => `Longest: ${count(days, 'day', 'days')}`,
  streakNone: 'Complete something to start one',
  doneLabel: 'Done today',
  minutesLabel: 'Still to do',
  minutesHint: 'Estimates of what is open',
  minutesNone: 'No estimates',
  overdue: 'Overdue',
  due: 'Due today',
  emptyTitle: 'Nothing is due today',
  emptyText: 'Add what you want to get done, or enjoy the quiet.',
  emptyDoneTitle: 'All done for today',
  emptyDoneText: 'Everything that was due is finished.',
  zoneNote: (zone: string) => `Times in ${zone}`,
};
