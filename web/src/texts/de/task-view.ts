import type { Texts } from '../en/index.ts';

export const taskView: Texts['taskView'] = {
  deleted: (title) => `„${title}“ in den Papierkorb gelegt`,
  deleteFailed: (title) => `„${title}“ wurde nicht gelöscht`,
  notes: {
    write: 'Schreiben',
    preview: 'Vorschau',
    mode: 'Schreiben oder Vorschau',
    empty: 'Noch nichts für eine Vorschau.',
    hint: 'Markdown: **fett**, _kursiv_, - Listen, [Links](https://…)',
  },
  subtasks: {
    title: 'Teilaufgaben',
    progress: (done, all) => `${done} von ${all} erledigt`,
    add: 'Teilaufgabe hinzufügen',
    placeholder: 'Nächster Schritt',
    button: 'Hinzufügen',
    failed: 'Die Teilaufgabe wurde nicht hinzugefügt',
    empty: 'Zerleg die Aufgabe in Schritte, die du abhaken kannst.',
    up: (title) => `„${title}“ nach oben`,
    down: (title) => `„${title}“ nach unten`,
    list: 'Teilaufgaben',
  },
};
