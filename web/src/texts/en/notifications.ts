export const notifications = {
  title: 'Notifications',
  bell: (unread: number) => (unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`),
  readAll: 'Mark all as read',
  markRead: 'Mark as read',
  delete: 'Delete',
  emptyTitle: 'All quiet',
  emptyText: 'Reminders and news about your tasks show up here.',
  failed: 'The notification was not changed',
  unread: 'Unread',
  openTask: 'Open the task',
};
