import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { paths } from '../../shared/api.gen.ts';
import { api, idempotencyKey, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { refreshTasks } from '../tasks/task-cache.ts';

export type NewReminder = paths['/v1/reminders']['post']['requestBody']['content']['application/json'];
export type ReminderAction = 'snooze' | 'complete' | 'delete';

const SNOOZE_MINUTES = 60;

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

export function useReminderAction(reminderId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: ReminderAction) => act(reminderId, action),
    onSuccess: (_nothing, action) => toastDone(DONE[action]),
    onError: (error) => toastFailed(texts.reminders.failed, error),
    onSettled: () => refreshTasks(queryClient),
  });
}
