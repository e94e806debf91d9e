import { counting } from '../counting.ts';
import type { Texts } from '../en/index.ts';

const count = counting('de');

export const errors: Texts['errors'] = {
  unexpected: 'Etwas ist schiefgegangen. Bitte versuch es noch einmal.',
  unreachable: 'Spacedly ist nicht erreichbar. Prüf deine Verbindung und versuch es noch einmal.',
  tryAgainIn: (seconds) =>
    seconds < 90
      ? `Versuch es in ${count(seconds, 'Sekunde', 'Sekunden')} noch einmal.`
      : `Versuch es in ${Math.ceil(seconds / 60)} Minuten noch einmal.`,
  loadFailed: 'Das konnte nicht geladen werden',
  crashTitle: 'Auf dieser Seite gab es ein Problem',
  crashText:
    'Was du gespeichert hast, ist sicher. Lade die Seite neu; wenn es wieder passiert, hilft die Nummer unten dem, der dieses Spacedly betreibt.',
  requestId: (id) => `Anfrage ${id}`,
  reload: 'Neu laden',
  toToday: 'Zu „Heute“',
  notFoundTitle: 'Unter dieser Adresse gibt es nichts',
  notFoundText: 'Der Link ist vielleicht alt, oder sein Ziel wurde gelöscht.',
  notFoundHome: 'Zum Anfang',
};
