import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import type { Task, Today } from '../../shared/api.ts';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { keys } from '../../shared/query.ts';
import type { TaskListQuery } from './task-search.ts';

export interface TaskPageOfList {
  items: Task[];
  nextCursor: string | null;
}

export type TaskList = InfiniteData<TaskPageOfList>;

/** A long list is not loaded anew after each change: it would cost a request for every page it has. */
const MAX_PAGES_TO_RELOAD = 3;

function changePages(list: TaskList | undefined, change: (items: Task[]) => Task[]): TaskList | undefined {
  return list && { ...list, pages: list.pages.map((page) => ({ ...page, items: change(page.items) })) };
}

function mapToday(today: Today | undefined, changed: (tasks: Task[]) => Task[]): Today | undefined {
  return today && { ...today, overdue: changed(today.overdue), due: changed(today.due) };
}

/** Changes the tasks of these ids wherever they are shown. */
export function changeTasks(
  queryClient: QueryClient,
  ids: ReadonlySet<string>,
  change: (task: Task) => Task,
): void {
  const changed = (tasks: Task[]) => tasks.map((task) => (ids.has(task.id) ? change(task) : task));
  for (const id of ids) queryClient.setQueryData<Task>(keys.task(id), (task) => task && change(task));
  queryClient.setQueryData<Today>(keys.today, (today) => mapToday(today, changed));
  queryClient.setQueriesData<TaskList>({ queryKey: keys.tasks }, (list) => changePages(list, changed));
}

/** Changes a task wherever it is shown. */
export function changeTask(queryClient: QueryClient, taskId: string, change: (task: Task) => Task): void {
  changeTasks(queryClient, new Set([taskId]), change);
}

/** A task as some list or Today has it. */
export function findTask(queryClient: QueryClient, taskId: string): Task | undefined {
  const lists = queryClient.getQueriesData<TaskList>({ queryKey: keys.tasks });
  const listed = lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.items) ?? []);
  const today = queryClient.getQueryData<Today>(keys.today);
  return [...listed, ...(today ? [...today.overdue, ...today.due] : [])].find(({ id }) => id === taskId);
}

/** Takes tasks out of every list. */
export function dropTasks(queryClient: QueryClient, ids: ReadonlySet<string>): void {
  const kept = (tasks: Task[]) => tasks.filter((task) => !ids.has(task.id));
  queryClient.setQueryData<Today>(keys.today, (today) => mapToday(today, kept));
  queryClient.setQueriesData<TaskList>({ queryKey: keys.tasks }, (list) => changePages(list, kept));
}

/** Puts a task into one list, before the task that stands at `index` now. */
export function placeTask(
  queryClient: QueryClient,
  queryKey: QueryKey,
  { task, index }: { task: Task; index: number },
): void {
  queryClient.setQueryData<TaskList>(queryKey, (list) => {
    if (!list) return list;
    let left = index;
    let isPlaced = false;
    const pages = list.pages.map((page, number) => {
      const isLast = number === list.pages.length - 1;
      if (isPlaced || (left > page.items.length && !isLast)) {
        left -= page.items.length;
        return page;
      }
      isPlaced = true;
      return { ...page, items: page.items.toSpliced(left, 0, task) };
    });
    return { ...list, pages };
  });
}

/** Everything kept about tasks, to be put back when a change failed. */
export function snapshotTasks(queryClient: QueryClient): () => void {
  const kept = [keys.tasks, keys.today, keys.anyTask].flatMap((queryKey) =>
    queryClient.getQueriesData({ queryKey }),
  );
  return () => {
    for (const [queryKey, data] of kept) queryClient.setQueryData(queryKey, data);
  };
}

/** No answer that is on its way may overwrite what is shown in advance. */
export function holdTasks(queryClient: QueryClient): Promise<unknown> {
  return Promise.all(
    [keys.tasks, keys.today, keys.anyTask].map((queryKey) => queryClient.cancelQueries({ queryKey })),
  );
}

function fits(task: Task, query: TaskListQuery): boolean {
  if (query.status !== undefined && task.status !== query.status) return false;
  return query.completed !== '0' || task.status !== 'completed';
}

/** A list too long to be loaded anew at least loses what its filter no longer lets in. */
function tidyLongList(queryClient: QueryClient, queryKey: QueryKey): void {
  const query = queryKey[1] as TaskListQuery;
  queryClient.setQueryData<TaskList>(queryKey, (list) =>
    changePages(list, (items) => items.filter((task) => fits(task, query))),
  );
}

function refreshLists(queryClient: QueryClient): Promise<unknown> {
  const lists = queryClient.getQueryCache().findAll({ queryKey: keys.tasks });
  return Promise.all(
    lists.map(({ queryKey, state }) => {
      const isLong = ((state.data as TaskList | undefined)?.pages?.length ?? 0) > MAX_PAGES_TO_RELOAD;
      if (isLong) tidyLongList(queryClient, queryKey);
      const refetchType = isLong ? 'none' : 'active';
      return queryClient.invalidateQueries({ queryKey, exact: true, refetchType });
    }),
  );
}

/** Has every view of tasks loaded anew, but not the page of one that is `gone`. */
export function refreshTasks(queryClient: QueryClient, gone?: string): Promise<unknown> {
  return Promise.all([refreshLists(queryClient), refreshPlanner(queryClient, gone)]);
}
