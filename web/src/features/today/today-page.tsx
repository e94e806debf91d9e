import { Group, Stack, Text, Title } from '@mantine/core';
import { IconConfetti, IconLeaf } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { currentActing } from '../../shared/acting.ts';
import type { Me, Task, Today } from '../../shared/api.ts';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { rememberGreetings } from '../../shared/signed-in.ts';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { greeting, hourOf, longDay } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { browserZone, dayOf, isSameZone } from '../../shared/zone.ts';
import { useClock, useMe } from '../auth/account.ts';
import { QuickAdd } from '../tasks/quick-add.tsx';
import { TaskRows } from '../tasks/task-row.tsx';
import { DayBudget } from './day-budget.tsx';
import { DueReviews, NextExam } from './due-reviews.tsx';
import { todayQuery } from './today-data.ts';
import { TodayNumbers } from './today-numbers.tsx';

const t = texts.today;

const SampleOffer = lazy(() =>
  import('../samples/sample-offer.tsx').then((module) => ({ default: module.SampleOffer })),
);

const DAY_MS = 86_400_000;
const NEW_DAYS = 30;

/** Whoever has been here for a while needs no examples, and Today nothing that asks for them. */
const isNewcomer = ({ createdAt }: Me, now: Date) =>
  now.getTime() - Date.parse(createdAt) < NEW_DAYS * DAY_MS;

/** The next visit is greeted before the app has come. */
function useGreetingNextTime(name: string, zone: string): void {
  useEffect(() => {
    if (currentActing()) return;
    rememberGreetings(
      isSameZone(zone, browserZone()) ? null : zone,
      Array.from({ length: 24 }, (_, hour) => greeting(hour, name)),
    );
  }, [name, zone]);
}

export function TodayPage() {
  const me = useMe();
  const clock = useClock();
  useGreetingNextTime(me.name, clock.zone);
  const now = useNow();
  const today = useQuery(todayQuery);
  const date = longDay(dayOf(now, clock.zone), clock);
  return (
    <Page>
      <Stack gap={2}>
        <PageTitle documentTitle={texts.app.today}>{greeting(hourOf(now, clock), me.name)}</PageTitle>
        <Text c="dimmed">
          {date}
          {!isSameZone(clock.zone, browserZone()) && ` · ${t.zoneNote(clock.zone)}`}
        </Text>
      </Stack>
      <TodayNumbers today={today.data} failed={today.isError} />
      {today.data && <DayBudget today={today.data} />}
      <QuickAdd />
      {today.isPending && <RowsSkeleton />}
      {today.isError && !today.data && (
        <LoadFailed error={today.error} onRetry={() => void today.refetch()} />
      )}
      {today.data && <DueReviews today={today.data} />}
      {today.data && <Lists today={today.data} now={now} />}
      {today.data && <NextExam today={today.data} />}
      {isNewcomer(me, now) && (
        <Suspense>
          <SampleOffer />
        </Suspense>
      )}
    </Page>
  );
}

function Lists({ today, now }: { today: Today; now: Date }) {
  if (today.overdue.length + today.due.length === 0) {
    // What is due then is said by the reviews.
    if (today.reviewsDue > 0) return null;
    const done = today.completedToday > 0;
    const Icon = done ? IconConfetti : IconLeaf;
    return (
      <Empty
        icon={<Icon size={36} stroke={1.5} aria-hidden />}
        title={done ? t.emptyDoneTitle : t.emptyTitle}
        text={done ? t.emptyDoneText : t.emptyText}
      />
    );
  }
  return (
    <>
      <Section title={t.overdue} tasks={today.overdue} now={now} />
      <Section title={t.due} tasks={today.due} now={now} />
    </>
  );
}

function Section(props: { title: string; tasks: readonly Task[]; now: Date }) {
  if (props.tasks.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={props.title}>
      <Group gap={8} align="baseline">
        <Title order={2}>{props.title}</Title>
        <Text c="dimmed" size="sm">
          {props.tasks.length}
        </Text>
      </Group>
      <TaskRows tasks={props.tasks} now={props.now} label={props.title} />
    </Stack>
  );
}
