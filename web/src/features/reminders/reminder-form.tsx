import { Button, Chip, Group, Input, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Task } from '../../shared/api.ts';
import { DateTimeField } from '../../shared/date-time-field.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useClock } from '../auth/account.ts';
import { useCreateReminder } from './reminder-data.ts';
import { type QuickChoice, quickChoices, quickInstant } from './reminder-times.ts';

const t = texts.reminders;
const FIELDS = { scheduledAt: 'customWall', type: 'type', message: 'message' };
const CHANNELS = ['email', 'in-app'] as const;

function useReminderForm(choices: QuickChoice[]) {
  return useForm({
    initialValues: {
      choice: (choices.includes('beforeDue') ? 'beforeDue' : 'hour') as QuickChoice,
      customWall: null as string | null,
      type: 'email' as (typeof CHANNELS)[number],
      message: '',
    },
    validate: {
      customWall: (value, { choice }) => (choice === 'custom' && !value ? t.customMissing : null),
    },
  });
}

export function ReminderForm({ task, onDone }: { task: Task; onDone: () => void }) {
  const { zone } = useClock();
  const create = useCreateReminder();
  const choices = quickChoices(task, new Date());
  const form = useReminderForm(choices);
  const problem = useFormProblem(form, FIELDS);
  const { choice } = form.values;

  const submit = form.onSubmit(async ({ customWall, type, message }) => {
    const scheduledAt = quickInstant(choice, { task, now: new Date(), zone, customWall });
    if (!scheduledAt) return;
    problem.clear();
    try {
      const text = message.trim();
      await create.mutateAsync({ taskId: task.id, scheduledAt, type, ...(text && { message: text }) });
      toastDone(t.added);
      onDone();
    } catch (error) {
      problem.show(error);
    }
  });

  return (
    <form onSubmit={submit} noValidate aria-label={t.add}>
      <LeaveGuard active={form.values.message.trim() !== ''} />
      <Stack>
        <FormProblem title={t.addFailed} message={problem.message} />
        <Choice label={t.when} options={choices} names={t.quick} {...form.getInputProps('choice')} />
        {/* The field shows for a quick choice too when the server refused its time. */}
        {(choice === 'custom' || form.errors.customWall) && (
          <DateTimeField
            label={t.customLabel}
            placeholder={texts.task.pickTime}
            zone={zone}
            {...form.getInputProps('customWall')}
          />
        )}
        <Choice label={t.channel} options={CHANNELS} names={t.channels} {...form.getInputProps('type')} />
        <TextInput
          label={t.message}
          placeholder={t.messageHint}
          maxLength={500}
          {...form.getInputProps('message')}
        />
        <Group gap="xs">
          <Button type="submit" loading={create.isPending}>
            {t.add}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {texts.app.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly T[];
  names: Record<T, string>;
  value?: T;
  onChange?: (value: string) => void;
}

/** One of a few, as chips that are radio buttons. */
function Choice<T extends string>({ label, options, names, value, onChange }: ChoiceProps<T>) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      <Chip.Group multiple={false} value={value} onChange={onChange}>
        <Group gap={6} mt={4} role="radiogroup" aria-label={label}>
          {options.map((option) => (
            <Chip key={option} value={option} variant="outline">
              {names[option]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
