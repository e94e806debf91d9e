import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Task } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useClock } from '../auth/account.ts';
import { taskQuery, useSaveTask } from './task-data.ts';
import { changedFields, rebase, SERVER_FIELDS, toChanges, toValues } from './task-form-values.ts';

const t = texts.task;

/**
 * The editing of one task. `base` is the version the form started from; a newer one from elsewhere is taken over as
 * long as it touches nothing that was typed. Where it does, the save is refused (412) and `conflict` asks.
 */
export function useTaskForm(task: Task) {
  const { zone } = useClock();
  const queryClient = useQueryClient();
  const save = useSaveTask(task.id);
  const [base, setBase] = useState(task);
  const [conflict, setConflict] = useState(false);
  const form = useForm({
    initialValues: toValues(task, zone),
    validate: {
      title: (value) => (value.trim() ? null : texts.tasks.addMissing),
      dueWall: (value, values) => (values.dueKind === 'instant' && !value ? t.pickTime : null),
      dueDay: (value, values) => (values.dueKind === 'day' && !value ? t.pickDate : null),
    },
  });
  const problem = useFormProblem(form, SERVER_FIELDS);
  const baseValues = toValues(base, zone);
  const isDirty = changedFields(form.values, baseValues).length > 0;

  const start = (from: Task, values = toValues(from, zone)) => {
    setBase(from);
    setConflict(false);
    form.setValues(values);
    form.clearErrors();
    problem.clear();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another version of the task is a reason
  useEffect(() => {
    if (task.version === base.version || save.isPending) return;
    const moved = rebase(form.values, baseValues, toValues(task, zone));
    if (moved.conflicts.length === 0) start(task, moved.values);
  }, [task.version, save.isPending]);

  const loadLatest = async (keepTyped: boolean) => {
    try {
      const latest = await queryClient.fetchQuery({ ...taskQuery(task.id), staleTime: 0 });
      const latestValues = toValues(latest, zone);
      start(latest, keepTyped ? rebase(form.values, baseValues, latestValues).values : latestValues);
    } catch (error) {
      problem.show(error);
    }
  };

  const submit = form.onSubmit(async (values) => {
    problem.clear();
    try {
      const changes = toChanges(values, baseValues, zone);
      start(await save.mutateAsync({ version: base.version, changes }));
      toastDone(t.saved);
    } catch (error) {
      if (error instanceof Problem && error.status === 412) setConflict(true);
      else problem.show(error);
    }
  });

  const discard = () => start(task);

  return { form, problem, submit, discard, loadLatest, conflict, isDirty, isSaving: save.isPending };
}

export type TaskForm = ReturnType<typeof useTaskForm>;
