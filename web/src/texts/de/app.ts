import type { Texts } from '../en/index.ts';

export const app: Texts['app'] = {
  name: 'Spacedly',
  skip: 'Zum Inhalt springen',
  navigation: 'Hauptnavigation',
  title: (page) => `${page} · Spacedly`,
  today: 'Heute',
  tasks: 'Aufgaben',
  settings: 'Einstellungen',
  admin: 'Verwaltung',
  more: 'Mehr',
  loading: 'Wird geladen …',
  close: 'Schließen',
  cancel: 'Abbrechen',
  retry: 'Noch einmal versuchen',
  back: 'Zurück',
  clear: 'Leeren',
  browserOn: (browser, os) => `${browser} unter ${os}`,
  unknownDevice: 'Unbekanntes Gerät',
  actingAdmin: 'Jemand aus der Verwaltung, in deinem Namen',
};
