import type { Texts } from '../en/index.ts';

export const bin: Texts['bin'] = {
  title: 'Papierkorb',
  back: 'Zurück zu den Aufgaben',
  hint: 'Gelöschte Aufgaben bleiben 30 Tage hier, dann sind sie endgültig weg.',
  deletedAt: (when) => `Gelöscht ${when}`,
  restore: 'Wiederherstellen',
  restoreOne: (title) => `„${title}“ wiederherstellen`,
  restored: (title) => `„${title}“ wiederhergestellt`,
  failed: (title) => `„${title}“ wurde nicht wiederhergestellt`,
  emptyTitle: 'Der Papierkorb ist leer',
  emptyText: 'Was du löschst, lässt sich von hier zurückholen.',
  list: 'Gelöschte Aufgaben',
};
