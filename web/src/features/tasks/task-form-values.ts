import type { Task } from '../../shared/api.ts';
import { instantToWall, wallToInstant } from '../../shared/zone.ts';
import type { TaskChanges } from './task-data.ts';

/** A task as the form holds it: never null where a field is text, wall clock in the person's zone for the due time. */
export interface TaskFormValues {
  title: string;
  description: string;
  link: string;
  status: Task['status'];
  priority: Task['priority'];
  category: string;
  labels: string[];
  dueKind: 'none' | 'instant' | 'day';
  dueWall: string | null;
  dueDay: string | null;
  estimateMinutes: number | '';
  /** Empty where the task does not recur. */
  rrule: string;
  anchor: 'due' | 'completion';
}

export type FieldName = keyof TaskFormValues;

/** Where the server's field errors belong in the form. */
export const SERVER_FIELDS: Readonly<Record<string, FieldName>> = {
  title: 'title',
  description: 'description',
  link: 'link',
  status: 'status',
  priority: 'priority',
  category: 'category',
  labels: 'labels',
  dueDate: 'dueWall',
  dueDay: 'dueDay',
  estimateMinutes: 'estimateMinutes',
  recurrence: 'rrule',
};

export function toValues(task: Task, zone: string): TaskFormValues {
  return {
    title: task.title,
    description: task.description ?? '',
    link: task.link ?? '',
    status: task.status,
    priority: task.priority,
    category: task.category ?? '',
    labels: task.labels,
    dueKind: task.dueDate ? 'instant' : task.dueDay ? 'day' : 'none',
    dueWall: task.dueDate && instantToWall(task.dueDate, zone),
    dueDay: task.dueDay,
    estimateMinutes: task.estimateMinutes ?? '',
    rrule: task.recurrence?.rrule ?? '',
    anchor: task.recurrence?.anchor ?? 'due',
  };
}

/** The due fields hang together: changing one of them changes "when". */
const DUE_FIELDS: readonly FieldName[] = ['dueKind', 'dueWall', 'dueDay'];

function dueOf(values: TaskFormValues): string | null {
  if (values.dueKind === 'instant') return values.dueWall;
  return values.dueKind === 'day' ? values.dueDay : null;
}

function isChanged(field: FieldName, values: TaskFormValues, base: TaskFormValues): boolean {
  if (DUE_FIELDS.includes(field)) return values.dueKind !== base.dueKind || dueOf(values) !== dueOf(base);
  return JSON.stringify(values[field]) !== JSON.stringify(base[field]);
}

/** The fields that differ from what the form was loaded with. */
export function changedFields(values: TaskFormValues, base: TaskFormValues): FieldName[] {
  return (Object.keys(base) as FieldName[]).filter((field) => isChanged(field, values, base));
}

/** The body of the update: only what was changed, empty text as null. */
export function toChanges(values: TaskFormValues, base: TaskFormValues, zone: string): TaskChanges {
  const changed = new Set(changedFields(values, base));
  const { title, description, link, status, priority, category, labels, estimateMinutes } = values;
  const { dueKind, dueWall, dueDay } = values;
  const rrule = values.rrule.trim();
  return {
    ...(changed.has('title') && { title: title.trim() }),
    ...(changed.has('description') && { description: description || null }),
    ...(changed.has('link') && { link: link.trim() || null }),
    ...(changed.has('status') && { status }),
    ...(changed.has('priority') && { priority }),
    ...(changed.has('category') && { category: category.trim() || null }),
    ...(changed.has('labels') && { labels }),
    ...(changed.has('dueKind') && {
      dueDate: dueKind === 'instant' && dueWall ? wallToInstant(dueWall, zone) : null,
      dueDay: dueKind === 'day' ? dueDay : null,
    }),
    ...(changed.has('estimateMinutes') && {
      estimateMinutes: estimateMinutes === '' ? null : estimateMinutes,
    }),
    ...((changed.has('rrule') || (changed.has('anchor') && rrule !== '')) && {
      recurrence: rrule === '' ? null : { rrule, anchor: values.anchor },
    }),
  };
}

/**
 * Brings typed values onto a newer version of the task: what was typed stays, everything else follows the newer one.
 * `conflicts` names the fields that were changed on both sides.
 */
export function rebase(
  values: TaskFormValues,
  base: TaskFormValues,
  latest: TaskFormValues,
): { values: TaskFormValues; conflicts: FieldName[] } {
  const mine = changedFields(values, base);
  const theirs = new Set(changedFields(latest, base));
  const kept = Object.fromEntries(mine.map((field) => [field, values[field]]));
  return {
    values: { ...latest, ...kept },
    conflicts: mine.filter((field) => theirs.has(field) && isChanged(field, values, latest)),
  };
}
