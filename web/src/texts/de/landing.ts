import type { Texts } from '../en/index.ts';

export const landing: Texts['landing'] = {
  headline: ['Nichts vergessen.', 'Alles schaffen.'],
  lead: 'Ein Planer, der dir jede Aufgabe im richtigen Moment zurückbringt, auf deinem eigenen Server.',
  signUp: 'Konto anlegen',
  signIn: 'Anmelden',
  points: [
    {
      title: 'Einmal aufschreiben',
      text: 'Aufgaben mit Termin, Priorität und dem, was sie dich an Minuten kosten.',
    },
    {
      title: 'Rechtzeitig erinnert',
      text: 'Per E-Mail und in der App, auf die Sekunde, in deiner Zeitzone.',
    },
    {
      title: 'Den Tag im Blick',
      text: 'Was ansteht, was überfällig ist, wie lange es dauert und wie viele Tage in Folge du etwas geschafft hast.',
    },
  ],
  timeline: 'Eine Aufgabe und die Momente, in denen sie wiederkommt',
  moments: ['Notiert', 'Erinnert', 'Fällig', 'Erledigt'],
};
