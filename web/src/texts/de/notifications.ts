import type { Texts } from '../en/index.ts';

export const notifications: Texts['notifications'] = {
  title: 'Mitteilungen',
  bell: (unread) => (unread === 0 ? 'Mitteilungen' : `Mitteilungen, ${unread} ungelesen`),
  seeAll: 'Alle Mitteilungen ansehen',
  all: 'Alle',
  unreadOnly: 'Ungelesen',
  nothingUnread: 'Du hast alles gelesen.',
  readAll: 'Alle als gelesen markieren',
  markRead: 'Als gelesen markieren',
  delete: 'Löschen',
  emptyTitle: 'Alles ruhig',
  emptyText: 'Erinnerungen und Neues zu deinen Aufgaben erscheinen hier.',
  failed: 'Die Mitteilung wurde nicht geändert',
  unread: 'Ungelesen',
  openTask: 'Aufgabe öffnen',
  openDocument: 'Dokument öffnen',
};
