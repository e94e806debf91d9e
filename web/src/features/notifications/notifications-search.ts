/** What the address of the notifications keeps. */
export interface NotificationsFilter {
  unread?: true;
}

export function readFilter(search: Record<string, unknown>): NotificationsFilter {
  return search.unread === true || search.unread === 1 ? { unread: true } : {};
}
