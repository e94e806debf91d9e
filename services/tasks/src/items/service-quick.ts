import type { QuickPreview, Task } from '@spacedly/contracts';
import { type IdempotencyClaim, newId } from '@spacedly/kit';
import type { TasksDeps } from '../deps.ts';
import { momentOf } from '../people/moment.ts';
import { planTask } from './rules.ts';
import { loadQuickParser, type QuickMoment } from './rules-quick.ts';
import { createTask } from './service.ts';

async function quickMomentOf(deps: TasksDeps, userId: string): Promise<QuickMoment> {
  return { ...(await momentOf(deps, userId)), language: await deps.zones.languageOf(userId) };
}

/**
 * What a line would become.
 * @throws Problem VALIDATION_FAILED, RECURRENCE_IMPOSSIBLE
 */
export async function previewQuick(deps: TasksDeps, userId: string, text: string): Promise<QuickPreview> {
  const moment = await quickMomentOf(deps, userId);
  const clock = { now: moment.now, timeZone: () => moment.timeZone };
  const parseQuick = await loadQuickParser();
  const plan = planTask(parseQuick(text, moment), newId(), clock);
  const { recurrence = null } = plan;
  return {
    title: plan.title,
    dueDate: plan.dueDate?.toISOString() ?? null,
    dueDay: plan.dueDay ?? null,
    priority: plan.priority ?? 'medium',
    category: plan.category ?? null,
    labels: plan.labels ?? [],
    estimateMinutes: plan.estimateMinutes ?? null,
    recurrence: recurrence && { rrule: recurrence.rrule, anchor: recurrence.anchor },
  };
}

/**
 * Creates a task from one line of text.
 * @throws Problem VALIDATION_FAILED, RECURRENCE_IMPOSSIBLE, IDEMPOTENCY_KEY_REUSED
 */
export async function createQuick(
  deps: TasksDeps,
  userId: string,
  text: string,
  idempotency: IdempotencyClaim | null,
): Promise<Task> {
  const parseQuick = await loadQuickParser();
  return createTask(deps, userId, parseQuick(text, await quickMomentOf(deps, userId)), idempotency);
}
