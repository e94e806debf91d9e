import type { Texts } from '../en/index.ts';

export const samples: Texts['samples'] = {
  offerTitle: 'Neu hier?',
  offerText:
    'Sieh dich um: mit ein paar Beispielaufgaben, einer Erinnerung und einer Wiederholung. Ein Klick entfernt sie wieder.',
  offer: 'Zeig mir alles',
  noteText: 'Einige Aufgaben hier sind Beispiele.',
  remove: 'Beispiele entfernen',
  added: 'Sieh dich um: Das sind Beispiele',
  removed: 'Die Beispiele liegen im Papierkorb',
  failed: 'Die Beispiele wurden nicht geändert',
  tasks: {
    look: {
      title: 'Öffne diese Aufgabe und sieh, was sie kann',
      description:
        'Eine Aufgabe hat **Notizen** in Markdown, _Schritte_, Dateien, einen Termin und Erinnerungen.\n\n- Erledige sie mit dem Kreis davor.\n- Die Meldung danach macht es rückgängig.',
    },
    week: { title: 'Die Woche planen', description: 'Sie kommt jede Woche von selbst wieder.' },
    call: {
      title: 'Jemanden anrufen, der dir fehlt',
      description: 'Eine Stunde vorher kommt eine Erinnerung, per E-Mail und in der Glocke.',
    },
    curve: {
      title: 'Vergessenskurve',
      description:
        'Diese Aufgabe steht in deinen Wiederholungen: Spacedly fragt in wachsenden Abständen danach.',
    },
  },
  question: 'Was beschreibt die Vergessenskurve?',
  answer: 'Wie das Gedächtnis mit der Zeit nachlässt, wenn nichts wiederholt wird (Ebbinghaus, 1885).',
};
