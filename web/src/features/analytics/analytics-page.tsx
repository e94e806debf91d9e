import { Paper } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Analytics } from '../../shared/api.ts';
import { BarChart } from '../../shared/bar-chart.tsx';
import { number, percent, writeDay } from '../../shared/format.ts';
import { LinkButton } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { ReviewForecast } from '../reviews/review-forecast.tsx';
import { streaksQuery } from '../today/today-data.ts';
import classes from './analytics.module.css';
import { analyticsQuery } from './analytics-data.ts';
import { YearHeatmap } from './heatmap.tsx';
import { Shares } from './shares.tsx';

const t = texts.analytics;
const FORECAST_DAYS = 30;
const UNKNOWN = '–';
/** What the API calls tasks of no category. */
const NO_CATEGORY = 'Uncategorized';

export function AnalyticsPage() {
  const analytics = useQuery(analyticsQuery);
  return (
    <Page wide>
      <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
      {analytics.isPending && <RowsSkeleton rows={4} height={160} />}
      {analytics.isError && !analytics.data && (
        <LoadFailed error={analytics.error} onRetry={() => void analytics.refetch()} />
      )}
      {analytics.data && <Numbers data={analytics.data} />}
    </Page>
  );
}

function isEmpty({ totalTasks, weeklyData, reviewRetention }: Analytics): boolean {
  const done = weeklyData.some(({ completed, reviewed }) => completed + reviewed > 0);
  return totalTasks === 0 && !done && reviewRetention.reviews === 0;
}

function Numbers({ data }: { data: Analytics }) {
  if (isEmpty(data)) {
    return (
      <Empty
        icon={<IconChartBar size={36} stroke={1.5} aria-hidden />}
        title={t.emptyTitle}
        text={t.emptyText}
      >
        <LinkButton to="/today" variant="default" mt="sm">
          {texts.errors.toToday}
        </LinkButton>
      </Empty>
    );
  }
  const status: Record<string, string> = texts.tasks.status;
  return (
    <>
      <Figures data={data} />
      <div className={classes.grid}>
        <Daily data={data} />
        <Weekly data={data} />
        <Shares
          title={t.categories}
          shares={data.categoryData.map(({ category, ...share }) => ({
            ...share,
            name: category === NO_CATEGORY ? t.uncategorized : category,
          }))}
        />
        <Shares
          title={t.status}
          shares={data.statusData.map((share) => ({ ...share, name: status[share.status] ?? share.status }))}
        />
      </div>
      <YearHeatmap />
      <ReviewForecast days={FORECAST_DAYS} title={t.forecast} hint={t.forecastHint} />
    </>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value}
        <span className={classes.note}>{note}</span>
      </dd>
    </div>
  );
}

function Figures({ data }: { data: Analytics }) {
  const clock = useClock();
  const streaks = useQuery(streaksQuery);
  const write = (value: number) => number(value, clock);
  const { retention, reviews, remembered } = data.reviewRetention;
  return (
    <dl className={classes.figures} aria-label={t.figures}>
      <Figure label={t.tasks} value={write(data.totalTasks)} note={t.tasksDone(write(data.completedTasks))} />
      <Figure
        label={t.reminders}
        value={write(data.completedReminders)}
        note={t.remindersOpen(write(data.upcomingReminders), write(data.overdueReminders))}
      />
      <Figure
        label={t.streak}
        value={streaks.data ? t.streakDays(streaks.data.active) : UNKNOWN}
        note={streaks.data ? t.streakLongest(streaks.data.longest) : ''}
      />
      <Figure
        label={t.retention}
        value={retention === null ? UNKNOWN : percent(retention, clock)}
        note={retention === null ? t.retentionNone : t.retentionOf(write(remembered), write(reviews))}
      />
    </dl>
  );
}

const SERIES = [t.completed, t.reviewed];

function Daily({ data }: { data: Analytics }) {
  const clock = useClock();
  const now = useNow();
  const bars = data.dailyData.map(({ date, completed, reviewed }) => ({
    key: date,
    tick: writeDay(date, clock, { weekday: 'short' }),
    name: dayWords(date, clock, now),
    values: [completed, reviewed],
  }));
  return (
    <Paper p="lg">
      <BarChart
        title={t.daily}
        of={t.date}
        bars={bars}
        series={SERIES}
        write={(value) => number(value, clock)}
      />
    </Paper>
  );
}

function Weekly({ data }: { data: Analytics }) {
  const clock = useClock();
  const bars = data.weeklyData.map(({ week, completed, reviewed }) => {
    const from = writeDay(week, clock, { day: 'numeric', month: 'short' });
    return { key: week, tick: from, name: t.week(from), values: [completed, reviewed] };
  });
  return (
    <Paper p="lg">
      <BarChart
        title={t.weekly}
        of={t.date}
        bars={bars}
        series={SERIES}
        write={(value) => number(value, clock)}
      />
    </Paper>
  );
}
