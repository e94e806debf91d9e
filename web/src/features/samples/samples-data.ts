import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Task, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { addDays, dayOf, wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { refreshTasks } from '../tasks/task-cache.ts';

const t = texts.samples;
/** The same in every language, so that they are found again after a change of it. */
const LABEL = 'tour';
const MAX_SAMPLES = 100;

export interface Samples {
  /** Those that are still there. */
  ids: string[];
  /** Whether the person has no task at all. */
  isNew: boolean;
}

async function readSamples(): Promise<Samples> {
  const query = { label: LABEL, limit: MAX_SAMPLES };
  const { items } = await unwrap(api.GET('/v1/tasks', { params: { query } }));
  if (items.length > 0) return { ids: items.map(({ id }) => id), isNew: false };
  const any = await unwrap(api.GET('/v1/tasks', { params: { query: { limit: 1 } } }));
  return { ids: [], isNew: any.items.length === 0 };
}

export const samplesQuery = queryOptions({ queryKey: keys.samples, queryFn: readSamples });

/** Makes the examples, each as a person would. */
async function makeSamples(zone: string): Promise<void> {
  const today = dayOf(new Date(), zone);
  const at = (days: number, time: string) => wallToInstant(`${addDays(today, days)} ${time}`, zone);
  const add = (body: Partial<Task> & { title: string }) =>
    unwrap(api.POST('/v1/tasks', { body: { ...body, labels: [LABEL] } }));
  const [study = '', , personal = ''] = texts.task.categories;
  await add({ ...t.tasks.look, dueDay: today, priority: 'high' });
  await add({
    ...t.tasks.week,
    dueDate: at(1, '09:00:00'),
    estimateMinutes: 30,
    recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' },
  });
  await add({ ...t.tasks.call, dueDate: at(1, '18:00:00'), category: personal });
  const { id } = await add({ ...t.tasks.curve, category: study });
  const prompts = [{ question: t.question, answer: t.answer }];
  await unwrap(api.POST('/v1/reviews', { body: { taskId: id, prompts } }));
}

async function refresh(queryClient: QueryClient): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: keys.samples });
  await queryClient.invalidateQueries({ queryKey: keys.reviews });
  await refreshTasks(queryClient);
}

/** Adds the examples, or moves them to the bin, from where they can come back for 30 days. */
export function useSamples() {
  const queryClient = useQueryClient();
  const { zone } = useClock();
  return useMutation({
    mutationFn: (remove: readonly string[] | null): Promise<unknown> =>
      remove === null
        ? makeSamples(zone)
        : unwrap(api.POST('/v1/tasks/bulk', { body: { action: 'delete', ids: [...remove] } })),
    onSuccess: (_answer, remove) => toastDone(remove === null ? t.added : t.removed),
    onError: (error) => toastFailed(t.failed, error),
    onSettled: () => refresh(queryClient),
  });
}
