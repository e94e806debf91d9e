import { Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { BarChart } from '../../shared/bar-chart.tsx';
import { number, percent, writeDay } from '../../shared/format.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { forecastQuery } from './review-data.ts';

const t = texts.analytics;
const NONE = '–';
const DENSE = 14;
const TICK_EVERY = 7;

/** The reviews of the days to come, and how well they should be remembered. */
export function ReviewForecast({ days, title, hint }: { days: number; title: string; hint: string }) {
  const clock = useClock();
  const now = useNow();
  const forecast = useQuery(forecastQuery(days));
  if (forecast.isPending) return <RowsSkeleton rows={1} height={200} />;
  if (!forecast.data) return <LoadFailed error={forecast.error} onRetry={() => void forecast.refetch()} />;
  const tickOf = (date: string, index: number) => {
    if (days > DENSE)
      return index % TICK_EVERY === 0 ? writeDay(date, clock, { day: 'numeric', month: 'short' }) : '';
    return writeDay(date, clock, { weekday: 'narrow' });
  };
  const bars = forecast.data.days.map(({ date, reviews, minutes, retention }, index) => ({
    key: date,
    tick: tickOf(date, index),
    name: dayWords(date, clock, now),
    values: [reviews],
    extra: [number(minutes, clock), retention === null ? NONE : percent(retention, clock)],
  }));
  return (
    <Paper p="lg">
      <BarChart
        title={title}
        hint={hint}
        of={t.date}
        bars={bars}
        series={[t.reviews]}
        extra={[t.minutes, t.expected]}
        write={(value) => number(value, clock)}
      />
    </Paper>
  );
}
