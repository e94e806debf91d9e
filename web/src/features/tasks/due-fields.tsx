import { Group, Input, SegmentedControl } from '@mantine/core';
import { DateTimeField, DayField } from '../../shared/date-time-field.tsx';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import type { TaskForm } from './use-task-form.ts';

const t = texts.task;
const KINDS = (['none', 'instant', 'day'] as const).map((value) => ({ value, label: t.dueKind[value] }));

/** No date, an instant, or a whole day. */
export function DueFields({ form }: Pick<TaskForm, 'form'>) {
  const { zone } = useClock();
  const { dueKind } = form.values;
  return (
    <Group align="flex-end" gap="md">
      <Input.Wrapper label={t.due} labelElement="div">
        <SegmentedControl display="flex" aria-label={t.due} data={KINDS} {...form.getInputProps('dueKind')} />
      </Input.Wrapper>
      {dueKind === 'instant' && (
        <DateTimeField
          label={t.dueAt}
          placeholder={t.pickTime}
          zone={zone}
          flex="1 1 230px"
          {...form.getInputProps('dueWall')}
        />
      )}
      {dueKind === 'day' && (
        <DayField
          label={t.dueDay}
          placeholder={t.pickDate}
          zone={zone}
          flex="1 1 200px"
          {...form.getInputProps('dueDay')}
        />
      )}
    </Group>
  );
}
