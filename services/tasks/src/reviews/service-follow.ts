import type { TasksDeps } from '../deps.ts';
import { datesOf } from '../exams/service-plan.ts';
import { momentOf } from '../people/moment.ts';
import { findReviewOfTask, lockReview, updateReview } from './store.ts';
import { scheduleNotice } from './store-notice.ts';

/** Says whether two instants, or the lack of them, are the same. */
const isSame = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();

/** A task with another category or other labels may come to belong to an exam, or no longer. */
export async function followTask(deps: TasksDeps, userId: string, taskId: string): Promise<void> {
  const found = await findReviewOfTask(deps.db, userId, taskId);
  if (found === null || found.suspendedAt !== null) return;
  const moment = await momentOf(deps, userId);
  await deps.db.transaction(async (tx) => {
    const review = await lockReview(tx, found);
    if (review === null) return;
    const dates = await datesOf(tx, review, review, moment);
    if (isSame(dates.dueAt, review.dueAt) && isSame(dates.examAt, review.examAt)) return;
    await updateReview(tx, review, { ...dates, updatedAt: moment.now });
    await scheduleNotice(tx, userId, dates.dueAt, moment);
  });
}
