import type { Texts } from '../en/index.ts';

export const board: Texts['board'] = {
  emptyColumn: 'Leg eine Aufgabe hier ab',
  drag: (title) => `„${title}“ ziehen oder mit der Tastatur verschieben`,
  dragRole: 'verschiebbar',
  menu: (title) => `„${title}“ verschieben`,
  up: 'Nach oben',
  down: 'Nach unten',
  moveTo: (column) => `Nach ${column} verschieben`,
  more: 'Mehr zeigen',
  moved: (title, column) => `„${title}“ nach ${column} verschoben`,
  reordered: (title) => `„${title}“ verschoben`,
  failed: (title) => `„${title}“ wurde nicht verschoben`,
  instructions:
    'Leertaste oder Enter nimmt die Aufgabe auf, die Pfeiltasten bewegen sie, Leertaste oder Enter legt sie ab, Escape bringt sie zurück.',
  picked: (title) => `${title} aufgenommen.`,
  over: (title, column, place) => `${title} ist auf Platz ${place} von ${column}.`,
  dropped: (title, column) => `${title} in ${column} abgelegt.`,
  cancelled: (title) => `${title} ist wieder, wo es war.`,
};
