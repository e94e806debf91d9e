import type { Texts } from '../en/index.ts';

export const business: Texts['business'] = {
  title: 'Geschäft',
  hint: 'Für Konten, die etwas verkaufen. Die Verwaltung sieht es sich an, bevor es bestätigt ist.',
  fields: {
    businessName: 'Name des Geschäfts',
    category: 'Kategorie',
    taxId: 'Steuernummer',
    address: 'Adresse',
    contactEmail: 'E-Mail für Rückfragen',
    contactPhone: 'Telefon für Rückfragen',
    website: 'Website',
  },
  optional: 'Kann leer bleiben',
  missing: 'Bitte füll das aus',
  reviewAgain: 'Ein neuer Name oder eine neue Steuernummer muss wieder geprüft werden.',
  submit: 'Zur Prüfung einreichen',
  save: 'Speichern',
  submitted: 'Eingereicht. Du erfährst, was daraus wird.',
  saved: 'Geschäft gespeichert',
  failed: 'Das Geschäft wurde nicht gespeichert',
  conflict:
    'Es wurde anderswo geändert. Der neueste Stand ist geladen; speichere noch einmal, um deine Eingaben zu behalten.',
  status: { PENDING: 'Wartet auf Prüfung', VERIFIED: 'Bestätigt', REJECTED: 'Abgelehnt' },
  statusText: {
    PENDING: 'Die Verwaltung sieht es sich an. Du erfährst, was daraus wird.',
    VERIFIED: 'Dein Geschäft ist bestätigt.',
    REJECTED: 'Ändere, was fehlt, und reich es noch einmal ein.',
  },
  reason: (reason) => `Grund: ${reason}`,
};
