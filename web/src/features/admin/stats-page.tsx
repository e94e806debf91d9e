import { Paper, SimpleGrid, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { BarChart } from '../../shared/bar-chart.tsx';
import { number, writeDay } from '../../shared/format.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import { AdminFrame } from './admin-frame.tsx';

const t = texts.admin.stats;
const A_WEEK = 7;
type Figure = keyof typeof t.labels;

const statsQuery = queryOptions({
  queryKey: [...keys.admin, 'stats'],
  queryFn: () => unwrap(api.GET('/v1/admin/stats')),
});

export function StatsPage() {
  const stats = useQuery(statsQuery);
  const clock = useClock();
  return (
    <AdminFrame title={texts.admin.tabs.stats}>
      {stats.isPending && <RowsSkeleton />}
      {stats.isError && !stats.data && (
        <LoadFailed error={stats.error} onRetry={() => void stats.refetch()} />
      )}
      {stats.data && (
        <>
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
            {(Object.keys(t.labels) as Figure[]).map((figure) => (
              <Paper key={figure} p="md">
                <Text size="sm" c="dimmed">
                  {t.labels[figure]}
                </Text>
                <Text fz={26} fw={650} lh={1.3}>
                  {number(stats.data[figure], clock)}
                </Text>
              </Paper>
            ))}
          </SimpleGrid>
          <SignIns days={stats.data.signInsPerDay} />
        </>
      )}
    </AdminFrame>
  );
}

function SignIns({ days }: { days: { day: string; count: number }[] }) {
  const clock = useClock();
  const bars = days.map(({ day, count }, place) => ({
    key: day,
    tick: place % A_WEEK === 0 ? writeDay(day, clock, { day: 'numeric', month: 'short' }) : '',
    name: writeDay(day, clock, { dateStyle: 'medium' }),
    values: [count],
  }));
  return (
    <Paper p="lg">
      <BarChart
        title={t.signIns}
        hint={t.signInsHint}
        of={t.day}
        bars={bars}
        series={[t.count]}
        write={(value) => number(value, clock)}
      />
    </Paper>
  );
}
