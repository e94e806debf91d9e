import type { Texts } from '../en/index.ts';

export const palette: Texts['palette'] = {
  open: 'Suchen oder Seite öffnen',
  placeholder: 'Alles durchsuchen, Aufgaben anlegen, Seiten öffnen',
  add: (words) => `„${words}“ eintragen`,
  help: 'Tastenkürzel',
  keys: {
    palette: 'Suchen und Seiten öffnen',
    search: 'Suchen',
    add: 'Neue Aufgabe',
    undo: 'Letzte Änderung rückgängig machen',
    select: 'Aufgabe auswählen',
  },
  letters: 'Einzelne Buchstaben',
  lettersHint: 'Sie gelten, wo nichts getippt wird. Strg K oder ⌘K gilt immer.',
};
