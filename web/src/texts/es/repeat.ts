import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';
import type { RepeatUnit } from '../en/repeat.ts';

const count = counting('es');

const UNIT: Record<RepeatUnit, readonly [string, string]> = {
  HOURLY: ['hora', 'horas'],
  DAILY: ['día', 'días'],
  WEEKLY: ['semana', 'semanas'],
  MONTHLY: ['mes', 'meses'],
  YEARLY: ['año', 'años'],
};
const ORDINAL: Record<number, string> = {
  1: 'primer',
  2: 'segundo',
  3: 'tercer',
  4: 'cuarto',
  [-1]: 'último',
};

export const repeat: Texts['repeat'] = {
  label: 'Se repite',
  none: 'No se repite',
  custom: 'Personalizado…',
  every: (unit, n) => (n === 1 ? `cada ${UNIT[unit][0]}` : `cada ${n} ${UNIT[unit][1]}`),
  weekdays: 'cada día laborable',
  on: (rest) => ` el ${rest}`,
  onMonthDay: (day) => (day === -1 ? ' el último día' : ` el día ${day}`),
  nth: (which, day) => `${ORDINAL[which] ?? `${which}.º`} ${day}`,
  until: (day) => `, hasta ${day}`,
  times: (n) => `, ${count(n, 'vez', 'veces')}`,
  other: 'según su propia regla',
  list: (items) => new Intl.ListFormat('es').format(items),
  rule: 'Regla (RFC 5545)',
  ruleHint: 'Para lo que los campos de arriba no pueden decir, por ejemplo FREQ=MONTHLY;BYDAY=-1FR',
  anchor: 'Contar desde',
  anchors: { due: 'la fecha de vencimiento', completion: 'cuando la completo' },
};
