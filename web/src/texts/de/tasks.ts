import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('de');

export const tasks: Texts['tasks'] = {
  title: 'Aufgaben',
  add: 'Aufgabe hinzufügen',
  addPlaceholder: 'Was willst du schaffen?',
  addTitle: 'Titel',
  addDue: 'Fällig',
  addMissing: 'Gib der Aufgabe einen Titel',
  added: (title) => `„${title}“ hinzugefügt`,
  addFailed: 'Die Aufgabe wurde nicht hinzugefügt',
  open: 'Öffnen',
  filter: 'Zeigen',
  filters: { all: 'Alle', todo: 'Offen', 'in-progress': 'In Arbeit', completed: 'Erledigt' },
  status: { todo: 'Offen', 'in-progress': 'In Arbeit', completed: 'Erledigt' },
  priority: { low: 'Niedrig', medium: 'Mittel', high: 'Hoch' },
  priorityOf: { low: 'Niedrige Priorität', medium: 'Mittlere Priorität', high: 'Hohe Priorität' },
  loadMore: 'Mehr laden',
  list: 'Aufgaben',
  emptyTitle: 'Noch keine Aufgaben',
  emptyText: 'Füg oben die erste hinzu. Ein Titel genügt für den Anfang.',
  emptyFilterTitle: 'Hier sind keine Aufgaben',
  emptyFilterText: 'Gerade hat keine diesen Status.',
  complete: (title) => `„${title}“ erledigen`,
  reopen: (title) => `„${title}“ wieder öffnen`,
  completed: (title) => `„${title}“ erledigt`,
  undo: 'Rückgängig',
  undone: 'Rückgängig gemacht',
  completeFailed: (title) => `„${title}“ wurde nicht geändert`,
  remindersShort: (n) => count(n, 'Erinnerung', 'Erinnerungen'),
  filesShort: (n) => count(n, 'Datei', 'Dateien'),
  overdue: 'überfällig',
};
