import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { paths } from '../../shared/api.gen.ts';
import { api, idempotencyKey, type Reminder, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { changeTask, holdTasks, refreshTasks, snapshotTasks } from '../tasks/task-cache.ts';
import { afterAction, type ReminderAction, SNOOZE_MINUTES } from './reminder-rules.ts';

export type NewReminder = paths['/v1/reminders']['post']['requestBody']['content']['application/json'];

export function useCreateReminder() {
  const queryClient = useQueryClient();
  const attempt = useRef<{ body: string; header: { 'Idempotency-Key': string } } | null>(null);
  return useMutation({
    mutationFn: (body: NewReminder) => {
      const written = JSON.stringify(body);
      if (attempt.current?.body !== written) attempt.current = { body: written, header: idempotencyKey() };
      return unwrap(api.POST('/v1/reminders', { params: { header: attempt.current.header }, body }));
    },
    onSuccess: ({ taskId }) => {
      attempt.current = null;
      void queryClient.invalidateQueries({ queryKey: keys.tasks });
      void queryClient.invalidateQueries({ queryKey: keys.today });
      return queryClient.invalidateQueries({ queryKey: keys.task(taskId) });
    },
  });
}

async function act(reminderId: string, action: ReminderAction): Promise<void> {
  const params = { path: { reminderId } };
  if (action === 'delete') await unwrap(api.DELETE('/v1/reminders/{reminderId}', { params }));
  else if (action === 'complete') await unwrap(api.POST('/v1/reminders/{reminderId}/complete', { params }));
  else {
    const body = { minutes: SNOOZE_MINUTES };
    await unwrap(api.POST('/v1/reminders/{reminderId}/snooze', { params, body }));
  }
}

const DONE: Record<ReminderAction, string> = {
  snooze: texts.reminders.snoozed,
  complete: texts.reminders.completed,
  delete: texts.reminders.deleted,
};

/** Snoozes, completes or deletes a reminder: shown at once, put back when the server says no. */
export function useReminderAction({ id, taskId }: Reminder) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: ReminderAction) => act(id, action),
    onMutate: async (action) => {
      await holdTasks(queryClient);
      const putBack = snapshotTasks(queryClient);
      const now = new Date();
      changeTask(queryClient, taskId, (task) => ({
        ...task,
        reminders: task.reminders.flatMap((other) =>
          other.id === id ? afterAction(other, action, now) : other,
        ),
      }));
      return putBack;
    },
    onSuccess: (_nothing, action) => toastDone(DONE[action]),
    onError: (error, _action, putBack) => {
      putBack?.();
      toastFailed(texts.reminders.failed, error);
    },
    onSettled: () => refreshTasks(queryClient),
  });
}
