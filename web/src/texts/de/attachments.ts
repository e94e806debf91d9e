import type { Texts } from '../en/index.ts';

export const attachments: Texts['attachments'] = {
  title: 'Anhänge',
  dropActive: 'Loslassen, um anzuhängen',
  choose: 'Dateien wählen',
  hint: 'Zieh Dateien hierher oder wähle sie: Bilder, PDF, Office, Text, jede bis 10 MB.',
  onTheirWay: 'Dateien unterwegs',
  uploading: (name, share) => `${name} wird hochgeladen: ${share}`,
  processing: 'Wird vorbereitet …',
  retry: 'Noch einmal versuchen',
  dismiss: (name) => `${name} ausblenden`,
  tooLarge: 'Diese Datei ist größer als 10 MB.',
  wrongType: 'Dateien dieser Art werden nicht angenommen.',
  delete: (name) => `${name} löschen`,
  deleteTitle: 'Diese Datei löschen?',
  deleteText: (name) => `„${name}“ ist dann endgültig weg.`,
  deleteButton: 'Löschen',
  deleted: (name) => `„${name}“ gelöscht`,
  deleteFailed: 'Die Datei wurde nicht gelöscht',
  saved: (share) => `${share} kleiner`,
  list: 'Dateien',
};
