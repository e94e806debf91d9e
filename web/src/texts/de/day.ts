import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('de');

export const day: Texts['day'] = {
  freezes: (n) => `Noch ${count(n, 'Schontag', 'Schontage')}`,
  freezesHint:
    'Ein Schontag überbrückt einen Tag, an dem nichts erledigt wurde. Jeder siebte aktive Tag eines Monats bringt einen.',
  budget: 'Zeit für heute',
  planned: (planned, free) => `${planned} geplant, ${free} frei`,
  plannedOnly: (planned) => `${planned} geplant`,
  tasks: 'Aufgaben',
  reviews: 'Wiederholungen',
  left: (time) => `${time} übrig`,
  fits: 'Es geht genau auf',
  over: (time) => `${time} mehr, als Zeit da ist. Etwas kann vielleicht auf einen anderen Tag warten.`,
  free: 'Ein freier Tag, wie du ihn eingestellt hast',
  noLimit: 'Sag, wie viel Zeit du hast, und Heute zeigt dir, was hineinpasst.',
  setMinutes: 'Freie Zeit angeben',
  changeMinutes: 'Freie Zeit ändern',
  minutesTitle: 'Freie Zeit an jedem Wochentag',
  minutesText: 'Minuten für Aufgaben und Wiederholungen. Ein leerer Tag hat keine Grenze.',
  minutesUnit: ' Min.',
  minutesPlaceholder: 'Keine Grenze',
  minutesSame: 'Montag bis Freitag gleich',
  save: 'Speichern',
  saved: 'Freie Zeit gespeichert',
  saveFailed: 'Deine freie Zeit wurde nicht gespeichert',
  changedElsewhere:
    'Sie wurde anderswo geändert. Der neueste Stand ist geladen; speichere noch einmal, um deine Eingaben zu behalten.',
  reviewsDue: (n) => `${count(n, 'Wiederholung', 'Wiederholungen')} fällig`,
  reviewsTime: (time) => `Etwa ${time}`,
  startReview: 'Wiederholen',
  reviewsMore: (n) => `und ${count(n, 'weitere', 'weitere')}`,
  nextExam: 'Nächste Prüfung',
  examIn: (name, when) => `${name}, ${when}`,
  examRecall: (share) => `Am Tag weißt du voraussichtlich ${share}`,
  examNoItems: 'Noch gehören keine Wiederholungen dazu',
};
