import type { Texts } from '../en/index.ts';

export const notifications: Texts['notifications'] = {
  title: 'Notificaciones',
  bell: (unread) => (unread === 0 ? 'Notificaciones' : `Notificaciones, ${unread} sin leer`),
  seeAll: 'Ver todas las notificaciones',
  all: 'Todas',
  unreadOnly: 'Sin leer',
  nothingUnread: 'Lo has leído todo.',
  readAll: 'Marcar todas como leídas',
  markRead: 'Marcar como leída',
  delete: 'Eliminar',
  emptyTitle: 'Todo tranquilo',
  emptyText: 'Los recordatorios y las novedades de tus tareas aparecen aquí.',
  failed: 'La notificación no se cambió',
  unread: 'Sin leer',
  openTask: 'Abrir la tarea',
  openDocument: 'Abrir el documento',
};
