import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Task, Today } from '../../shared/api.ts';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { keys } from '../../shared/query.ts';

export interface TaskPageOfList {
  items: Task[];
  nextCursor: string | null;
}

type TaskList = InfiniteData<TaskPageOfList>;

function mapList(
  list: TaskList | undefined,
  taskId: string,
  change: (task: Task) => Task,
): TaskList | undefined {
  return (
    list && {
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        items: page.items.map((task) => (task.id === taskId ? change(task) : task)),
      })),
    }
  );
}

function mapToday(today: Today | undefined, taskId: string, change: (task: Task) => Task): Today | undefined {
  const changed = (tasks: Task[]) => tasks.map((task) => (task.id === taskId ? change(task) : task));
  return today && { ...today, overdue: changed(today.overdue), due: changed(today.due) };
}

/** Changes a task wherever it is shown. */
export function changeTask(queryClient: QueryClient, taskId: string, change: (task: Task) => Task): void {
  queryClient.setQueryData<Task>(keys.task(taskId), (task) => task && change(task));
  queryClient.setQueryData<Today>(keys.today, (today) => mapToday(today, taskId, change));
  queryClient.setQueriesData<TaskList>({ queryKey: keys.tasks }, (list) => mapList(list, taskId, change));
}

/** Has every view of tasks loaded anew. */
export const refreshTasks = refreshPlanner;
