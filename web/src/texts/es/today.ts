import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('es');

export const today: Texts['today'] = {
  streak: (days) => count(days, 'día', 'días'),
  streakLabel: 'Racha',
  streakLongest: (days) => `La más larga: ${count(days, 'día', 'días')}`,
  streakNone: 'Completa algo para empezar una',
  doneLabel: 'Hecho hoy',
  minutesLabel: 'Por hacer',
  minutesHint: 'Estimaciones de lo que está abierto',
  minutesNone: 'Sin estimaciones',
  overdue: 'Atrasado',
  due: 'Para hoy',
  emptyTitle: 'Hoy no vence nada',
  emptyText: 'Añade lo que quieras hacer o disfruta de la calma.',
  emptyDoneTitle: 'Todo hecho por hoy',
  emptyDoneText: 'Lo que tocaba está terminado.',
  zoneNote: (zone) => `Horas en ${zone}`,
};
