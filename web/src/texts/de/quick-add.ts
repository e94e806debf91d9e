import type { Texts } from '../en/index.ts';

export const quickAdd: Texts['quickAdd'] = {
  label: 'Neue Aufgabe',
  // Dates and marks are understood in English.
  placeholder: 'Graphen wiederholen tomorrow 9am #Lernen !high',
  understood: 'Verstanden',
  literal: 'Meine Wörter so lassen',
  isLiteral: 'Deine Wörter werden genommen, wie sie sind.',
  parse: 'Termine und Etiketten wieder erkennen',
  suggestions: 'Zur Aufgabe hinzufügen',
  categories: ['Lernen', 'Arbeit', 'Privat'],
  more: ['tomorrow 9am', 'every week', '!high', '~30m'],
  add: (words) => `${words} hinzufügen`,
};
