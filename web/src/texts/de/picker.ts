import type { Texts } from '../en/index.ts';

export const picker: Texts['picker'] = {
  today18: 'Heute 18:00',
  tomorrow9: 'Morgen 9:00',
  nextWeek: 'In einer Woche',
  previousMonth: 'Voriger Monat',
  nextMonth: 'Nächster Monat',
  hours: 'Stunden',
  minutes: 'Minuten',
  amPm: 'Vormittag oder Nachmittag',
  done: 'Datum und Uhrzeit übernehmen',
};
