import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('de');

export const today: Texts['today'] = {
  streak: (days) => count(days, 'Tag', 'Tage'),
  streakLabel: 'Serie',
  streakLongest: (days) => `Längste: ${count(days, 'Tag', 'Tage')}`,
  streakNone: 'Erledige etwas, um eine zu beginnen',
  doneLabel: 'Heute erledigt',
  minutesLabel: 'Noch zu tun',
  minutesHint: 'Geschätzte Zeit für alles Offene',
  minutesNone: 'Keine Schätzungen',
  overdue: 'Überfällig',
  due: 'Heute fällig',
  emptyTitle: 'Heute ist nichts fällig',
  emptyText: 'Trag ein, was du schaffen willst, oder genieß die Ruhe.',
  emptyDoneTitle: 'Alles geschafft für heute',
  emptyDoneText: 'Was fällig war, ist erledigt.',
  zoneNote: (zone) => `Zeiten in ${zone}`,
};
