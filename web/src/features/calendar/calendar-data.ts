import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type CalendarItem, ifMatch, unwrap } from '../../shared/api.ts';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed, toastUndo } from '../../shared/toast.tsx';
import { takeBack } from '../tasks/task-data.ts';

export type Kind = CalendarItem['kind'];
export const KINDS = ['task', 'reminder', 'review', 'exam'] as const satisfies readonly Kind[];

const PAGE_SIZE = 1_000;
/** More than this in one view is not looked at; the rest is found in the lists. */
const MAX_PAGES = 5;

async function readWindow(from: string, to: string): Promise<CalendarItem[]> {
  const items: CalendarItem[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < MAX_PAGES && cursor !== null; page += 1) {
    const query = { from, to, limit: PAGE_SIZE, ...(cursor && { cursor }) };
    const answer: { items: CalendarItem[]; nextCursor: string | null } = await unwrap(
      api.GET('/v1/calendar', { params: { query } }),
    );
    items.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return items;
}

/** Everything from one day to another, both included. */
export const calendarQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [...keys.calendar, from, to],
    queryFn: () => readWindow(from, to),
    placeholderData: keepPreviousData,
  });

export type Place = { start: string } | { day: string };
export type Scope = 'occurrence' | 'series';

export interface Move {
  item: CalendarItem;
  to: Place;
  scope: Scope;
}

function moved(item: CalendarItem, { item: { kind, id, projected }, to }: Move): CalendarItem {
  if (item.kind !== kind || item.id !== id || item.projected !== projected) return item;
  if ('start' in to) return { ...item, start: to.start, allDay: false };
  return { ...item, day: to.day };
}

function save({ item: { kind, id, version }, to, scope }: Move): Promise<CalendarItem> {
  const params = { path: { kind, id }, header: ifMatch(version) };
  return unwrap(api.PATCH('/v1/calendar/{kind}/{id}', { params, body: { ...to, scope } }));
}

/** Puts a moved item back; of a task goes back all that followed from the move. Whether it could. */
async function moveBack(queryClient: QueryClient, from: CalendarItem, saved: CalendarItem): Promise<boolean> {
  if (from.kind === 'task') return takeBack(queryClient, saved, saved);
  const to = from.allDay ? { day: from.day } : { start: from.start };
  const isBack = await save({ item: saved, to, scope: 'occurrence' }).then(
    () => true,
    (error: unknown) => {
      toastFailed(texts.calendar.moveFailed(from.title), error);
      return false;
    },
  );
  await refreshPlanner(queryClient);
  return isBack;
}

/** A reminder put back to a time that has passed would be sent at once. */
const canMoveBack = ({ kind, start }: CalendarItem) => kind !== 'reminder' || Date.parse(start) > Date.now();

/**
 * Moves an item: shown at once, and back where it was, with the reason, when the server says no. `wordsOf` tells what
 * was done.
 */
export function useMove(wordsOf: (saved: CalendarItem) => string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: save,
    onMutate: async (move) => {
      await queryClient.cancelQueries({ queryKey: keys.calendar });
      const before = queryClient.getQueriesData<CalendarItem[]>({ queryKey: keys.calendar });
      queryClient.setQueriesData<CalendarItem[]>({ queryKey: keys.calendar }, (items) =>
        items?.map((item) => moved(item, move)),
      );
      return before;
    },
    onSuccess: (saved, { item }) => {
      if (canMoveBack(item)) toastUndo(wordsOf(saved), () => moveBack(queryClient, item, saved));
      else toastDone(wordsOf(saved));
    },
    onError: (error, { item }, before) => {
      for (const [key, items] of before ?? []) queryClient.setQueryData(key, items);
      toastFailed(texts.calendar.moveFailed(item.title), error);
    },
    onSettled: () => refreshPlanner(queryClient),
  });
}

/** What has happened, and what is only projected, stays where it is. */
export function isMovable({ kind, status, projected }: CalendarItem): boolean {
  if (projected) return false;
  if (kind === 'reminder') return status === 'pending' || status === 'sent' || status === 'missed';
  return status !== 'completed';
}
