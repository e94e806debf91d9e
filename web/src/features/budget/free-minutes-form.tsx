import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Budget } from '../../shared/api.ts';
import { WEEKDAYS, weekdayName } from '../../shared/format.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Problem } from '../../shared/problem.ts';
import { FormProblem, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useClock } from '../auth/account.ts';
import { budgetQuery, type FreeMinutes, useSaveBudget } from './budget-data.ts';
import classes from './free-minutes.module.css';

const t = texts.day;
const FIELDS = Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, weekday]));
const WORKDAYS = WEEKDAYS.slice(1, 5);
const MINUTES_A_DAY = 1_440;

type Values = Record<keyof FreeMinutes, number | ''>;

const toValues = (budget: Budget) =>
  Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, budget[weekday] ?? ''])) as Values;

const toMinutes = (values: Values) =>
  Object.fromEntries(
    WEEKDAYS.map((weekday) => [weekday, values[weekday] === '' ? null : values[weekday]]),
  ) as FreeMinutes;

/** The minutes a person has on each weekday. */
export function FreeMinutesForm({ onSaved }: { onSaved?: () => void }) {
  const budget = useQuery(budgetQuery);
  if (budget.isPending) return <RowsSkeleton rows={4} height={36} />;
  if (!budget.data) return <LoadFailed error={budget.error} onRetry={() => void budget.refetch()} />;
  return <Form budget={budget.data} onSaved={onSaved} />;
}

function useFreeMinutes(budget: Budget, onSaved: (() => void) | undefined) {
  const queryClient = useQueryClient();
  const save = useSaveBudget();
  const form = useForm<Values>({ initialValues: toValues(budget) });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async (values) => {
    problem.clear();
    try {
      await save.mutateAsync({ version: budget.version, minutes: toMinutes(values) });
      form.resetDirty();
      toastDone(t.saved);
      onSaved?.();
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      if (isStale) await queryClient.invalidateQueries({ queryKey: budgetQuery.queryKey });
      problem.show(isStale ? new Problem(412, { detail: t.changedElsewhere }) : error);
    }
  });
  return { form, problem, submit, isBusy: save.isPending };
}

function Form({ budget, onSaved }: { budget: Budget; onSaved: (() => void) | undefined }) {
  const clock = useClock();
  const { form, problem, submit, isBusy } = useFreeMinutes(budget, onSaved);
  const copyMonday = () => {
    for (const weekday of WORKDAYS) form.setFieldValue(weekday, form.values.monday);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t.minutesTitle}>
      <LeaveGuard active={form.isDirty()} />
      <Stack>
        <FormProblem title={t.saveFailed} message={problem.message} />
        <div className={classes.week}>
          {WEEKDAYS.map((weekday) => (
            <NumberInput
              key={weekday}
              label={weekdayName(weekday, clock, 'long')}
              placeholder={t.minutesPlaceholder}
              suffix={t.minutesUnit}
              min={0}
              max={MINUTES_A_DAY}
              step={15}
              allowDecimal={false}
              allowNegative={false}
              {...form.getInputProps(weekday)}
              onChange={(value) => form.setFieldValue(weekday, typeof value === 'number' ? value : '')}
            />
          ))}
        </div>
        <Group gap="xs" justify="space-between">
          <Button variant="subtle" onClick={copyMonday}>
            {t.minutesSame}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
