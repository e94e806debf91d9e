import { Autocomplete, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { addDays, dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import type { TaskChanges } from './task-data.ts';

const t = texts.bulk;
const KEEP = 'keep';
const STATUSES = ['todo', 'in-progress', 'completed'] as const;
const PRIORITIES = ['low', 'medium', 'high'] as const;
const DUES = ['keep', 'today', 'tomorrow', 'week', 'none'] as const;
const DAYS_AHEAD = { today: 0, tomorrow: 1, week: 7 } as const;

type Due = (typeof DUES)[number];

function named<T extends string>(values: readonly T[], names: Record<T, string>) {
  return [{ value: KEEP, label: t.keep }, ...values.map((value) => ({ value, label: names[value] }))];
}

function dueChange(due: Due, zone: string): TaskChanges {
  if (due === 'keep') return {};
  if (due === 'none') return { dueDate: null, dueDay: null };
  return { dueDate: null, dueDay: addDays(dayOf(new Date(), zone), DAYS_AHEAD[due]) };
}

/** The same change for many tasks: what is left as it is stays. */
export function BulkDialog(props: {
  count: number;
  busy: boolean;
  /** What became of the last try. */
  error: unknown;
  onClose: () => void;
  onApply: (patch: TaskChanges) => void;
}) {
  const { zone } = useClock();
  const [status, setStatus] = useState<(typeof STATUSES)[number] | 'keep'>('keep');
  const [priority, setPriority] = useState<(typeof PRIORITIES)[number] | 'keep'>('keep');
  const [due, setDue] = useState<Due>('keep');
  const [category, setCategory] = useState('');
  const [isEmpty, setEmpty] = useState(false);

  const apply = () => {
    const patch: TaskChanges = {
      ...(status !== 'keep' && { status }),
      ...(priority !== 'keep' && { priority }),
      ...(category.trim() && { category: category.trim() }),
      ...dueChange(due, zone),
    };
    if (Object.keys(patch).length === 0) setEmpty(true);
    else props.onApply(patch);
  };

  return (
    <Dialog opened title={t.dialogTitle(props.count)} onClose={props.onClose}>
      <Stack gap="sm">
        <LeaveGuard active={category.trim() !== ''} />
        <FormProblem title={t.failed} message={props.error ? messageOf(props.error) : null} />
        <Select
          label={texts.task.status}
          data={named(STATUSES, texts.tasks.status)}
          value={status}
          allowDeselect={false}
          onChange={(value) => setStatus(value as typeof status)}
        />
        <Select
          label={texts.task.priority}
          data={named(PRIORITIES, texts.tasks.priority)}
          value={priority}
          allowDeselect={false}
          onChange={(value) => setPriority(value as typeof priority)}
        />
        <Select
          label={texts.task.due}
          data={DUES.map((value) => ({ value, label: t.due[value] }))}
          value={due}
          allowDeselect={false}
          onChange={(value) => setDue(value as Due)}
        />
        <Autocomplete
          label={texts.task.category}
          placeholder={t.keep}
          data={texts.task.categories}
          maxLength={50}
          value={category}
          onChange={setCategory}
        />
        {isEmpty && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t.nothing}
          </Text>
        )}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={props.onClose}>
            {texts.app.cancel}
          </Button>
          <Button loading={props.busy} onClick={apply}>
            {t.apply}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
