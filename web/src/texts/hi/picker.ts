import type { Texts } from '../en/index.ts';

export const picker: Texts['picker'] = {
  today18: 'आज 18:00',
  tomorrow9: 'कल 9:00',
  nextWeek: 'एक सप्ताह में',
  previousMonth: 'पिछला महीना',
  nextMonth: 'अगला महीना',
  hours: 'घंटे',
  minutes: 'मिनट',
  amPm: 'पूर्वाह्न या अपराह्न',
  done: 'यह तारीख़ और समय लें',
};
