import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../shared/api.gen.ts';
import { api, type Task, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { refreshTasks } from './task-cache.ts';
import { useAttemptKey } from './task-data.ts';

export type QuickPreview = components['schemas']['QuickPreview'];

export interface QuickEntry {
  text: string;
  /** Take the words as the title, whatever could be read in them. */
  isLiteral: boolean;
  /** A picked due instant goes before one that was read. */
  dueDate: string | null;
}

async function readQuick(text: string): Promise<QuickPreview> {
  const params = { query: { preview: '1' as const } };
  // With `preview` the answer is a preview, never a task.
  return (await unwrap(api.POST('/v1/tasks/quick', { params, body: { text } }))) as QuickPreview;
}

/** What a line would become. The last answer stays in sight while the next one is on its way. */
export const quickPreviewQuery = (text: string) =>
  queryOptions({
    queryKey: keys.quickPreview(text),
    queryFn: () => readQuick(text),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
  });

/** Whether anything but a title was understood. */
export function isMoreThanTitle(preview: QuickPreview): boolean {
  const { dueDate, dueDay, priority, category, labels, estimateMinutes, recurrence } = preview;
  if (dueDate !== null || dueDay !== null || recurrence !== null) return true;
  return priority !== 'medium' || category !== null || labels.length > 0 || estimateMinutes !== null;
}

async function bodyWithDue({ text, isLiteral, dueDate }: QuickEntry) {
  if (isLiteral) return { title: text, ...(dueDate && { dueDate }) };
  const { dueDate: _instant, dueDay: _day, ...read } = await readQuick(text);
  return { ...read, dueDate };
}

/** Creates a task from one line; with a picked date or literal words by way of what the line means. */
export function useQuickCreate() {
  const queryClient = useQueryClient();
  const attempt = useAttemptKey();
  return useMutation({
    mutationFn: async (entry: QuickEntry): Promise<Task> => {
      const params = { header: attempt.keyFor(entry) };
      if (!entry.isLiteral && entry.dueDate === null) {
        const { text } = entry;
        return (await unwrap(api.POST('/v1/tasks/quick', { params, body: { text } }))) as Task;
      }
      return unwrap(api.POST('/v1/tasks', { params, body: await bodyWithDue(entry) }));
    },
    onSuccess: (task) => {
      attempt.forget();
      queryClient.setQueryData(keys.task(task.id), task);
      return refreshTasks(queryClient);
    },
  });
}
