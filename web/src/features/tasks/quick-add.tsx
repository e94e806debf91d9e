import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { DateTimeField } from '../../shared/date-time-field.tsx';
import { formErrors } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { useCreateTask } from './task-data.ts';

const t = texts.tasks;
const FIELDS = { title: 'title', dueDate: 'due' };
const NO_ERRORS = { byField: {} as Record<string, string>, rest: null as string | null };

/** The state of the form. By hand, because the form library would be a tenth of what Today loads. */
function useQuickAdd() {
  const { zone } = useClock();
  const create = useCreateTask();
  const titleInput = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState('');
  const [due, setDue] = useState<string | null>(null);
  const [errors, setErrors] = useState(NO_ERRORS);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending) return;
    if (!title.trim()) {
      setErrors({ byField: { title: t.addMissing }, rest: null });
      titleInput.current?.focus();
      return;
    }
    setErrors(NO_ERRORS);
    try {
      const body = { title: title.trim(), ...(due && { dueDate: wallToInstant(due, zone) }) };
      const task = await create.mutateAsync(body);
      setTitle('');
      setDue(null);
      toastDone(t.added(task.title));
      titleInput.current?.focus();
    } catch (error) {
      setErrors(formErrors(error, FIELDS));
    }
  };

  return { zone, titleInput, title, setTitle, due, setDue, errors, submit, isBusy: create.isPending };
}

/** One line for a new task: a title, and when it is due. */
export function QuickAdd() {
  const form = useQuickAdd();
  return (
    <Paper component="form" onSubmit={form.submit} noValidate aria-label={t.add} p="sm">
      <Stack gap="sm">
        <FormProblem title={t.addFailed} message={form.errors.rest} />
        <Group align="flex-start" gap="sm">
          <TextInput
            ref={form.titleInput}
            aria-label={t.addTitle}
            placeholder={t.addPlaceholder}
            flex="2 1 220px"
            autoComplete="off"
            value={form.title}
            onChange={(event) => form.setTitle(event.currentTarget.value)}
            error={form.errors.byField.title}
          />
          <DateTimeField
            label={t.addDue}
            hideLabel
            placeholder={t.addDue}
            zone={form.zone}
            flex="1 1 150px"
            value={form.due}
            onChange={form.setDue}
            error={form.errors.byField.due}
          />
          <Button type="submit" loading={form.isBusy} leftSection={<IconPlus size={18} aria-hidden />}>
            {t.add}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
