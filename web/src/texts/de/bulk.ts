import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('de');

export const bulk: Texts['bulk'] = {
  bar: 'Ausgewählte Aufgaben',
  selected: (n) => `${n} ausgewählt`,
  all: 'Alle auswählen',
  none: 'Aufheben',
  complete: 'Erledigen',
  change: 'Ändern',
  delete: 'Löschen',
  completed: (n) => `${count(n, 'Aufgabe', 'Aufgaben')} erledigt`,
  changed: (n) => `${count(n, 'Aufgabe', 'Aufgaben')} geändert`,
  deleted: (n) => `${count(n, 'Aufgabe', 'Aufgaben')} in den Papierkorb gelegt`,
  failed: 'Die Aufgaben wurden nicht geändert',
  undoFailed: (n) => `${count(n, 'Aufgabe ließ', 'Aufgaben ließen')} sich nicht zurückholen`,
  dialogTitle: (n) => `${count(n, 'Aufgabe', 'Aufgaben')} ändern`,
  keep: 'So lassen',
  apply: 'Ändern',
  nothing: 'Wähle mindestens eine Änderung',
  due: { keep: 'So lassen', today: 'Heute', tomorrow: 'Morgen', week: 'In einer Woche', none: 'Kein Termin' },
};
