import type { Notification } from '../../shared/api.ts';
import { openTask } from '../tasks/open-task.ts';

/** Where what a notification is about is shown; null where it is about nothing with a page. */
export function placeOf({ taskId, docId }: Pick<Notification, 'taskId' | 'docId'>) {
  if (taskId !== null) return openTask(taskId);
  return docId === null ? null : ({ to: '/documents/$docId', params: { docId } } as const);
}
