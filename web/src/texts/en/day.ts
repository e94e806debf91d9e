import { counting } from '../counting.ts';

const count = counting('en');

/** What Today says about time, reviews and exams. */
export const day = {
  freezes: (n: number) => `${count(n, 'freeze', 'freezes')} left`,
  freezesHint:
    'A freeze bridges one day without anything done. Every seventh active day of a month earns one.',
  budget: 'Time for today',
  planned: (planned: string, free: string) => `${planned} planned, ${free} free`,
  plannedOnly: (planned: string) => `${planned} planned`,
  tasks: 'Tasks',
  reviews: 'Reviews',
  left: (time: string) => `${time} left`,
  fits: 'It fits exactly',
  over: (time: string) => `${time} more than there is time for. Something may wait for another day.`,
  free: 'A free day, as you set it',
  noLimit: 'Say how much time you have, and Today tells you what fits.',
  setMinutes: 'Set free time',
  changeMinutes: 'Change free time',
  minutesTitle: 'Free time on each weekday',
  minutesText: 'Minutes you have for tasks and reviews. An empty day is not limited.',
  minutesUnit: ' min',
  minutesPlaceholder: 'No limit',
  minutesSame: 'Monday to Friday alike',
  save: 'Save',
  saved: 'Free time saved',
  saveFailed: 'Your free time was not saved',
  changedElsewhere: 'It was changed elsewhere. The latest is loaded now; save again to keep what you typed.',
  reviewsDue: (n: number) => `${count(n, 'review', 'reviews')} due`,
  reviewsTime: (time: string) => `About ${time}`,
  startReview: 'Start review',
  reviewsMore: (n: number) => `and ${count(n, 'more', 'more')}`,
  nextExam: 'Next exam',
  examIn: (name: string, when: string) => `${name}, ${when}`,
  examRecall: (share: string) => `${share} recall expected on the day`,
  examNoItems: 'No reviews belong to it yet',
};
