import type { Texts } from '../en/index.ts';

export const quickAdd: Texts['quickAdd'] = {
  label: 'Neue Aufgabe',
  placeholder: 'Graphen wiederholen morgen 9 Uhr #Lernen !hoch',
  understood: 'Verstanden',
  literal: 'Meine Wörter so lassen',
  isLiteral: 'Deine Wörter werden genommen, wie sie sind.',
  parse: 'Termine und Etiketten wieder erkennen',
  suggestions: 'Zur Aufgabe hinzufügen',
  categories: ['Lernen', 'Arbeit', 'Privat'],
  more: ['morgen 9 Uhr', 'jede Woche', '!hoch', '~30m'],
  add: (words) => `${words} hinzufügen`,
};
