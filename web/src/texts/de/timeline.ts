import type { Texts } from '../en/index.ts';

export const timeline: Texts['timeline'] = {
  show: 'Was geschah',
  hide: 'Ausblenden, was geschah',
  list: 'Was mit dieser Erinnerung geschah',
  empty: 'Noch ist nichts geschehen.',
  step: {
    created: 'Geplant',
    scheduled: 'Geplant',
    due: 'Fällig: der Zustellung übergeben',
    queued: 'In der Warteschlange',
    held: 'Wegen der Ruhezeiten zurückgehalten',
    failed: 'Fehlgeschlagen, wird noch einmal versucht',
    sent: 'Vom Anbieter angenommen',
    refused: 'Vom Anbieter abgelehnt',
    suppressed: 'Nicht gesendet: diese Adresse lehnt Nachrichten ab',
    capped: 'Nicht gesendet: die Grenze ist erreicht',
    expired: 'Zu spät zum Senden',
    digested: 'In die Übersicht aufgenommen',
    skipped: 'Nicht gesendet',
    dead: 'Aufgegeben',
    completed: 'Erledigt',
  },
  channel: { email: 'E-Mail', sms: 'SMS', push: 'Push' },
};
