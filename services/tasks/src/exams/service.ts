import type { Exam, PutExamBody, UpdateExamBody } from '@spacedly/contracts';
import { type Db, isUniqueViolation, newId, Problem } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { Target, TasksDeps } from '../deps.ts';
import { momentOf } from '../people/moment.ts';
import type { Moment } from '../reviews/scheduler.ts';
import { scheduleNotice } from '../reviews/store-notice.ts';
import { assertNotPast, type ExamRow, presentExam } from './rules.ts';
import { examDates, planExams } from './service-plan.ts';
import * as store from './store.ts';

/** Each exam is planned on every change of any, so their number is bounded. */
const MAX_EXAMS = 100;

function assertVersion(exam: ExamRow | null, ifMatch: number | null): void {
  if (ifMatch === null || ifMatch === exam?.version) return;
  throw new Problem('PRECONDITION_FAILED', {
    detail: exam === null ? 'There is no such exam' : `The current version is ${exam.version}`,
  });
}

const changesOf = (body: PutExamBody) => ({
  ...body,
  category: body.category ?? null,
  label: body.label ?? null,
});

async function write(
  tx: Db,
  { userId, body, ifMatch, moment }: PutExam & { moment: Moment },
): Promise<{ row: ExamRow; isNew: boolean }> {
  const current = await store.lockExamByName(tx, userId, body.name);
  assertVersion(current, ifMatch);
  assertNotPast(body.day, dayIn(moment.timeZone, moment.now));
  const at = moment.now;
  if (current !== null) {
    const key = { userId, id: current.id };
    return { row: await store.updateExam(tx, key, { ...changesOf(body), updatedAt: at }), isNew: false };
  }
  if ((await store.countExams(tx, userId)) >= MAX_EXAMS) throw new Problem('EXAM_LIMIT');
  const values = { ...changesOf(body), id: newId(), userId, createdAt: at, updatedAt: at };
  const row = await store.insertExam(tx, values);
  // Made by a parallel request after we looked: it is there now.
  return row === null ? write(tx, { userId, body, ifMatch, moment }) : { row, isNew: true };
}

interface PutExam {
  userId: string;
  body: PutExamBody;
  ifMatch: number | null;
}

/**
 * Gives all reviews of a person the dates their exams need. Planned outside a transaction, written in one statement:
 * a review graded meanwhile keeps the date its grade gave it.
 */
export async function replan({ db }: TasksDeps, userId: string, moment: Moment): Promise<void> {
  const [reviews, exams] = await Promise.all([
    store.findActiveReviews(db, userId),
    store.findComingExams(db, userId, dayIn(moment.timeZone, moment.now)),
  ]);
  const dates = examDates(reviews, await planExams(reviews, exams, moment));
  await db.transaction(async (tx) => {
    const earliest = await store.setExamDates(tx, userId, dates);
    if (earliest !== null) await scheduleNotice(tx, userId, earliest, moment);
  });
}

/**
 * Makes the exam of that name or replaces it, and brings its reviews forward where recall on the day would fall short.
 * @throws Problem EXAM_IN_PAST, EXAM_LIMIT, PRECONDITION_FAILED
 */
export async function putExam(deps: TasksDeps, put: PutExam): Promise<{ exam: Exam; isNew: boolean }> {
  const moment = await momentOf(deps, put.userId);
  const { row, isNew } = await deps.db.transaction((tx) => write(tx, { ...put, moment }));
  await replan(deps, put.userId, moment);
  const [exam] = await present(deps, put.userId, [row], moment);
  return { exam: exam as Exam, isNew };
}

async function present(
  { db }: TasksDeps,
  userId: string,
  rows: readonly ExamRow[],
  moment: Moment,
): Promise<Exam[]> {
  if (rows.length === 0) return [];
  const today = dayIn(moment.timeZone, moment.now);
  const reviews = await store.findActiveReviews(db, userId);
  // What is over has no plan any more.
  const coming = rows.filter(({ day }) => day >= today);
  const plans = await planExams(reviews, coming, moment);
  return rows.map((row) => presentExam(row, [...(plans.get(row.id)?.values() ?? [])]));
}

export async function getExams(deps: TasksDeps, userId: string): Promise<Exam[]> {
  const rows = await store.listExams(deps.db, userId);
  return present(deps, userId, rows, await momentOf(deps, userId));
}

/** @throws Problem EXAM_NOT_FOUND */
export async function getExam(deps: TasksDeps, key: store.ExamKey): Promise<Exam> {
  const row = await store.findExam(deps.db, key);
  if (row === null) throw new Problem('EXAM_NOT_FOUND');
  const [exam] = await present(deps, key.userId, [row], await momentOf(deps, key.userId));
  return exam as Exam;
}

/** What an exam asks for is one of the two. */
function scopeOf({ category, label }: UpdateExamBody) {
  if (category !== undefined) return { category, label: null };
  return label === undefined ? {} : { category: null, label };
}

/**
 * Changes an exam and plans anew. Only a new day must not be past.
 * @throws Problem EXAM_NOT_FOUND, EXAM_IN_PAST, EXAM_NAME_TAKEN, PRECONDITION_FAILED
 */
export async function changeExam(deps: TasksDeps, target: Target, body: UpdateExamBody): Promise<Exam> {
  const moment = await momentOf(deps, target.userId);
  const change = deps.db.transaction(async (tx) => {
    const exam = await store.lockExam(tx, target);
    if (exam === null) throw new Problem('EXAM_NOT_FOUND');
    assertVersion(exam, target.ifMatch);
    if (body.day !== undefined) assertNotPast(body.day, dayIn(moment.timeZone, moment.now));
    return store.updateExam(tx, target, { ...body, ...scopeOf(body), updatedAt: moment.now });
  });
  const row = await change.catch((error) => {
    throw isUniqueViolation(error, 'exams_by_name') ? new Problem('EXAM_NAME_TAKEN') : error;
  });
  await replan(deps, target.userId, moment);
  const [exam] = await present(deps, target.userId, [row], moment);
  return exam as Exam;
}

/** @throws Problem EXAM_NOT_FOUND, PRECONDITION_FAILED */
export async function removeExam(deps: TasksDeps, target: Target): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const exam = await store.lockExam(tx, target);
    if (exam === null) throw new Problem('EXAM_NOT_FOUND');
    assertVersion(exam, target.ifMatch);
    await store.deleteExam(tx, target);
  });
  await replan(deps, target.userId, await momentOf(deps, target.userId));
}
