import { Button, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, unwrap } from '../../shared/api.ts';
import { WEEKDAYS, weekdayName } from '../../shared/format.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { Problem } from '../../shared/problem.ts';
import { FormProblem, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useClock } from '../auth/account.ts';
import { FreeMinutesForm } from '../budget/free-minutes-form.tsx';
import { Section } from '../settings/section.tsx';
import { type ReviewSettings, reviewSettingsQuery } from './review-data.ts';
import { ReviewFrame } from './review-frame.tsx';
import classes from './reviews.module.css';

const t = texts.reviews;
const LOADS = (['normal', 'reduced', 'none'] as const).map((value) => ({ value, label: t.loads[value] }));
const FIELDS = { newPerDay: 'newPerDay', reviewsPerDay: 'reviewsPerDay' };
const MAX_A_DAY = 9_999;

/** How much may be asked on a day. */
export function LimitsPage() {
  const settings = useQuery(reviewSettingsQuery);
  return (
    <ReviewFrame title={t.tabs.settings}>
      <Section title={t.limits} hint={t.limitsHint}>
        {settings.isPending && <RowsSkeleton rows={4} height={36} />}
        {settings.isError && !settings.data && (
          <LoadFailed error={settings.error} onRetry={() => void settings.refetch()} />
        )}
        {settings.data && <LimitsForm settings={settings.data} />}
      </Section>
      <Section title={texts.day.minutesTitle} hint={texts.day.minutesText}>
        <FreeMinutesForm />
      </Section>
    </ReviewFrame>
  );
}

type Values = Pick<ReviewSettings, 'newPerDay' | 'reviewsPerDay' | 'easyDays'>;

function useLimits({ version, ...settings }: ReviewSettings) {
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (body: Values) =>
      unwrap(api.PUT('/v1/reviews/settings', { params: { header: ifMatch(version) }, body })),
    onSettled: () => refreshPlanner(queryClient),
  });
  const form = useForm<Values>({ initialValues: settings });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async (values) => {
    problem.clear();
    try {
      await save.mutateAsync(values);
      form.resetDirty();
      toastDone(t.limitsSaved);
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      problem.show(isStale ? new Problem(412, { detail: texts.day.changedElsewhere }) : error);
    }
  });
  return { form, problem, submit, isBusy: save.isPending };
}

function LimitsForm({ settings }: { settings: ReviewSettings }) {
  const clock = useClock();
  const { form, problem, submit, isBusy } = useLimits(settings);
  return (
    <form onSubmit={submit} noValidate aria-label={t.limits}>
      <LeaveGuard active={form.isDirty()} />
      <Stack>
        <FormProblem title={t.limitsFailed} message={problem.message} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {(['newPerDay', 'reviewsPerDay'] as const).map((field) => (
            <NumberInput
              key={field}
              label={t[field]}
              min={0}
              max={MAX_A_DAY}
              allowDecimal={false}
              allowNegative={false}
              {...form.getInputProps(field)}
              onChange={(value) => form.setFieldValue(field, typeof value === 'number' ? value : 0)}
            />
          ))}
        </SimpleGrid>
        <div>
          <Text size="sm" fw={500}>
            {t.easyDays}
          </Text>
          <Text size="sm" c="dimmed" mb="xs">
            {t.easyDaysHint}
          </Text>
          <div className={classes.week}>
            {WEEKDAYS.map((weekday) => {
              const name = weekdayName(weekday, clock, 'long');
              return (
                <div key={weekday} className={classes.weekday}>
                  <Text size="sm" aria-hidden>
                    {name}
                  </Text>
                  <SegmentedControl
                    size="xs"
                    aria-label={name}
                    data={LOADS}
                    {...form.getInputProps(`easyDays.${weekday}`)}
                  />
                </div>
              );
            })}
          </div>
        </div>
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
