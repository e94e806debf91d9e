import { Paper, SimpleGrid, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { Section } from '../settings/section.tsx';
import { AdminFrame } from './admin-frame.tsx';
import classes from './stats-page.module.css';

const t = texts.admin.stats;
type Figure = keyof typeof t.labels;

const statsQuery = queryOptions({
  queryKey: [...keys.admin, 'stats'],
  queryFn: () => unwrap(api.GET('/v1/admin/stats')),
});

export function StatsPage() {
  const stats = useQuery(statsQuery);
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
                  {stats.data[figure]}
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

/** Bars for the eye, a table for screen readers. */
function SignIns({ days }: { days: { day: string; count: number }[] }) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  return (
    <Section title={t.signIns} hint={t.signInsHint}>
      <div className={classes.bars} aria-hidden>
        {days.map(({ day, count }) => (
          <div
            key={day}
            className={classes.bar}
            title={`${day}: ${count}`}
            style={{ height: `${(count / most) * 100}%` }}
          />
        ))}
      </div>
      <div className={classes.ends} aria-hidden>
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day}</span>
      </div>
      <table className={classes.table}>
        <caption>{t.signIns}</caption>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            <th scope="col">{t.count}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
