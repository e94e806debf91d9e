import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { DateTimeField } from '../../shared/date-time-field.tsx';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { useCreateTask } from './task-data.ts';

const t = texts.tasks;
const FIELDS = { title: 'title', dueDate: 'due' };

/** One line for a new task: a title, and when it is due. */
export function QuickAdd() {
  const clock = useClock();
  const create = useCreateTask();
  const titleInput = useRef<HTMLInputElement>(null);
  const form = useForm({
    initialValues: { title: '', due: null as string | null },
    validate: { title: (value) => (value.trim() ? null : t.addMissing) },
  });
  const problem = useFormProblem(form, FIELDS);

  const submit = form.onSubmit(async ({ title, due }) => {
    if (create.isPending) return;
    problem.clear();
    try {
      const body = { title: title.trim(), ...(due && { dueDate: wallToInstant(due, clock.zone) }) };
      const task = await create.mutateAsync(body);
      form.reset();
      toastDone(t.added(task.title));
      titleInput.current?.focus();
    } catch (error) {
      problem.show(error);
    }
  });

  return (
    <Paper component="form" onSubmit={submit} noValidate aria-label={t.add} p="sm">
      <Stack gap="sm">
        <FormProblem title={t.addFailed} message={problem.message} />
        <Group align="flex-start" gap="sm">
          <TextInput
            ref={titleInput}
            aria-label={t.addTitle}
            placeholder={t.addPlaceholder}
            flex="2 1 220px"
            autoComplete="off"
            {...form.getInputProps('title')}
          />
          <DateTimeField
            label={t.addDue}
            hideLabel
            placeholder={t.addDue}
            zone={clock.zone}
            flex="1 1 150px"
            {...form.getInputProps('due')}
          />
          <Button type="submit" loading={create.isPending} leftSection={<IconPlus size={18} aria-hidden />}>
            {t.add}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
