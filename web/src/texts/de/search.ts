import type { Texts } from '../en/index.ts';

export const search: Texts['search'] = {
  title: 'Suche',
  field: 'Aufgaben, Dokumente und Kommentare durchsuchen',
  types: { all: 'Alles', task: 'Aufgaben', doc: 'Dokumente', comment: 'Kommentare' },
  kinds: { task: 'Aufgabe', doc: 'Dokument', comment: 'Kommentar' },
  results: 'Was gefunden wurde',
  hint: 'Wörter, „ein Satzteil“, -ohne, or. Das letzte Wort darf ein Anfang sein.',
  emptyTitle: 'Nichts gefunden',
  emptyText: 'Versuch es mit weniger oder anderen Wörtern.',
  startTitle: 'Wonach suchst du?',
  all: (words) => `Alle Ergebnisse für „${words}“`,
};
