import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';
import type { RepeatUnit } from '../en/repeat.ts';

const count = counting('hi');

const UNIT: Record<RepeatUnit, readonly [string, string]> = {
  HOURLY: ['हर घंटे', 'घंटे'],
  DAILY: ['हर दिन', 'दिन'],
  WEEKLY: ['हर सप्ताह', 'सप्ताह'],
  MONTHLY: ['हर महीने', 'महीने'],
  YEARLY: ['हर साल', 'साल'],
};
const ORDINAL: Record<number, string> = { 1: 'पहले', 2: 'दूसरे', 3: 'तीसरे', 4: 'चौथे', [-1]: 'आख़िरी' };

export const repeat: Texts['repeat'] = {
  label: 'दोहराना',
  none: 'नहीं दोहराता',
  custom: 'अपना…',
  every: (unit, n) => (n === 1 ? UNIT[unit][0] : `हर ${n} ${UNIT[unit][1]}`),
  weekdays: 'हर कामकाजी दिन',
  on: (rest) => `, ${rest} को`,
  onMonthDay: (day) => (day === -1 ? ', आख़िरी दिन' : `, ${day} तारीख़ को`),
  nth: (which, day) => `${ORDINAL[which] ?? `${which}वें`} ${day}`,
  until: (day) => `, ${day} तक`,
  times: (n) => `, ${count(n, 'बार', 'बार')}`,
  other: 'अपने नियम से',
  list: (items) => new Intl.ListFormat('hi').format(items),
  rule: 'नियम (RFC 5545)',
  ruleHint: 'उसके लिए जो ऊपर के खाने नहीं कह सकते, जैसे FREQ=MONTHLY;BYDAY=-1FR',
  anchor: 'कहाँ से गिनें',
  anchors: { due: 'नियत तारीख़ से', completion: 'जब मैं पूरा करूँ' },
};
