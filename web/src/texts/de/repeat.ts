import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';
import type { RepeatUnit } from '../en/repeat.ts';

const count = counting('de');

const UNIT: Record<RepeatUnit, readonly [string, string]> = {
  HOURLY: ['jede Stunde', 'Stunden'],
  DAILY: ['jeden Tag', 'Tage'],
  WEEKLY: ['jede Woche', 'Wochen'],
  MONTHLY: ['jeden Monat', 'Monate'],
  YEARLY: ['jedes Jahr', 'Jahre'],
};
const ORDINAL: Record<number, string> = {
  1: 'ersten',
  2: 'zweiten',
  3: 'dritten',
  4: 'vierten',
  [-1]: 'letzten',
};

export const repeat: Texts['repeat'] = {
  label: 'Wiederholung',
  none: 'Wiederholt sich nicht',
  custom: 'Eigene …',
  every: (unit, n) => (n === 1 ? UNIT[unit][0] : `alle ${n} ${UNIT[unit][1]}`),
  weekdays: 'jeden Werktag',
  on: (rest) => ` am ${rest}`,
  onMonthDay: (day) => (day === -1 ? ' am letzten Tag' : ` am ${day}.`),
  nth: (which, day) => `${ORDINAL[which] ?? `${which}.`} ${day}`,
  until: (day) => `, bis ${day}`,
  times: (n) => `, ${count(n, 'Mal', 'Mal')}`,
  other: 'nach eigener Regel',
  list: (items) => new Intl.ListFormat('de').format(items),
  rule: 'Regel (RFC 5545)',
  ruleHint: 'Für alles, was die Felder oben nicht sagen können, zum Beispiel FREQ=MONTHLY;BYDAY=-1FR',
  anchor: 'Gezählt ab',
  anchors: { due: 'dem Termin', completion: 'dem Erledigen' },
};
