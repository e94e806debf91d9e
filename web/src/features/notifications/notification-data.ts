import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type Notification, unwrap } from '../../shared/api.ts';
import { loadAnew } from '../../shared/load-anew.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';

const SHOWN = 20;
const PAGE = 50;

export interface Inbox {
  items: Notification[];
  nextCursor: string | null;
}

export const inboxQuery = queryOptions({
  queryKey: keys.notificationList,
  queryFn: (): Promise<Inbox> =>
    unwrap(api.GET('/v1/notifications', { params: { query: { limit: SHOWN } } })),
});

/** All of them, page by page; or only those not read. */
export function pagesQuery(filter: { unread?: true }) {
  return infiniteQueryOptions({
    queryKey: keys.notificationsOf(filter),
    queryFn: ({ pageParam }): Promise<Inbox> => {
      const query = {
        limit: PAGE,
        ...(filter.unread && { unread: '1' as const }),
        ...(pageParam && { cursor: pageParam }),
      };
      return unwrap(api.GET('/v1/notifications', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

export const unreadQuery = queryOptions({
  queryKey: keys.unread,
  queryFn: () => unwrap(api.GET('/v1/notifications/unread-count')),
});

function setInbox(queryClient: QueryClient, change: (items: Notification[]) => Notification[]): void {
  queryClient.setQueryData<Inbox>(
    keys.notificationList,
    (inbox) => inbox && { ...inbox, items: change(inbox.items) },
  );
  queryClient.setQueriesData<InfiniteData<Inbox>>({ queryKey: keys.notificationPages }, (data) => {
    const pages = data?.pages.map((page) => ({ ...page, items: change(page.items) }));
    return data && pages && { ...data, pages };
  });
}

function setUnread(queryClient: QueryClient, change: (count: number) => number): void {
  queryClient.setQueryData<{ count: number }>(
    keys.unread,
    (unread) => unread && { count: Math.max(0, change(unread.count)) },
  );
}

/** Takes a notification that has just arrived; false when it is known already (a resumed stream repeats). */
export function takeIn(queryClient: QueryClient, fresh: Notification): boolean {
  const known = queryClient
    .getQueryData<Inbox>(keys.notificationList)
    ?.items.some(({ id }) => id === fresh.id);
  if (known) return false;
  queryClient.setQueryData<Inbox>(
    keys.notificationList,
    (inbox) => inbox && { ...inbox, items: [fresh, ...inbox.items].slice(0, SHOWN) },
  );
  if (!fresh.readAt) setUnread(queryClient, (count) => count + 1);
  // A list that is on its way may be from before it.
  if (queryClient.isFetching({ queryKey: keys.notificationList }) > 0) {
    void loadAnew(queryClient, { queryKey: keys.notificationList });
  }
  void loadAnew(queryClient, { queryKey: keys.notificationPages });
  void loadAnew(queryClient, { queryKey: keys.unread });
  return true;
}

type Change =
  | { kind: 'read'; notification: Notification }
  | { kind: 'delete'; notification: Notification }
  | { kind: 'read-all' };

function send(change: Change): Promise<unknown> {
  if (change.kind === 'read-all') return unwrap(api.POST('/v1/notifications/read-all'));
  const params = { path: { notificationId: change.notification.id } };
  return change.kind === 'read'
    ? unwrap(api.PATCH('/v1/notifications/{notificationId}/read', { params }))
    : unwrap(api.DELETE('/v1/notifications/{notificationId}', { params }));
}

function showAtOnce(queryClient: QueryClient, change: Change): void {
  const readAt = new Date().toISOString();
  if (change.kind === 'read-all') {
    setInbox(queryClient, (items) => items.map((item) => ({ ...item, readAt: item.readAt ?? readAt })));
    setUnread(queryClient, () => 0);
    return;
  }
  const { notification } = change;
  setInbox(queryClient, (items) =>
    change.kind === 'delete'
      ? items.filter((item) => item.id !== notification.id)
      : items.map((item) => (item.id === notification.id ? { ...item, readAt } : item)),
  );
  if (!notification.readAt) setUnread(queryClient, (count) => count - 1);
}

/** Marks as read or deletes: shown at once, put back when the server says no. */
export function useInboxChange() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey: keys.notifications });
      const before = queryClient.getQueriesData({ queryKey: keys.notifications });
      showAtOnce(queryClient, change);
      return before;
    },
    onError: (error, _change, before) => {
      for (const [key, data] of before ?? []) queryClient.setQueryData(key, data);
      toastFailed(texts.notifications.failed, error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.notifications }),
  });
}
