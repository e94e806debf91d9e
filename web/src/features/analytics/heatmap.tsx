import { ActionIcon, Button, Group, Paper, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { number, writeDay } from '../../shared/format.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { heatmapQuery } from './analytics-data.ts';
import classes from './heatmap.module.css';
import { monthsOf, type YearDay, yearOf } from './heatmap-rules.ts';

const t = texts.analytics;
const FIRST_YEAR = 1970;
const LEVELS = [0, 1, 2, 3, 4];

/** A year of days, darker the more was done. */
export function YearHeatmap() {
  const clock = useClock();
  const thisYear = Number(dayOf(useNow(), clock.zone).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [asTable, setAsTable] = useState(false);
  const heatmap = useQuery(heatmapQuery(year));
  const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;
  return (
    <Paper p="lg" component="section" aria-labelledby="heatmap">
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={2} id="heatmap">
            {t.heatmap}
          </Title>
          <Text size="sm" c="dimmed">
            {t.heatmapHint}
          </Text>
        </div>
        <Group gap={4}>
          <ActionIcon
            variant="subtle"
            aria-label={t.previousYear}
            disabled={year <= FIRST_YEAR}
            onClick={() => setYear(year - 1)}
          >
            <IconChevronLeft {...icon} />
          </ActionIcon>
          <Text fw={600} role="status">
            {year}
          </Text>
          <ActionIcon
            variant="subtle"
            aria-label={t.nextYear}
            disabled={year >= thisYear}
            onClick={() => setYear(year + 1)}
          >
            <IconChevronRight {...icon} />
          </ActionIcon>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t.showChart : t.showTable}
          </Button>
        </Group>
      </Group>
      {heatmap.isPending && <RowsSkeleton rows={1} height={130} />}
      {heatmap.isError && !heatmap.data && (
        <LoadFailed error={heatmap.error} onRetry={() => void heatmap.refetch()} />
      )}
      {heatmap.data && <Year days={yearOf(year, heatmap.data.days)} asTable={asTable} />}
    </Paper>
  );
}

function Year({ days, asTable }: { days: YearDay[]; asTable: boolean }) {
  if (asTable) return <Months days={days} />;
  return (
    <>
      <Squares days={days} />
      <VisuallyHidden>
        <Months days={days} />
      </VisuallyHidden>
    </>
  );
}

function Squares({ days }: { days: YearDay[] }) {
  const clock = useClock();
  const scroller = useRef<HTMLDivElement>(null);
  const today = dayOf(new Date(), clock.zone);
  useEffect(() => {
    // Where it is wider than the screen, what happened lately is in sight.
    const here = scroller.current?.querySelector(`[data-date="${today}"]`);
    if (here && scroller.current) scroller.current.scrollLeft = (here as HTMLElement).offsetLeft - 200;
  }, [today]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too */}
      <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={t.heatmapByDay}>
        <div className={classes.squares} aria-hidden>
          {days
            .filter(({ date }) => date.endsWith('-01'))
            .map(({ date, column }) => (
              <span key={date} className={classes.month} style={{ gridColumn: `${column} / span 4` }}>
                {writeDay(date, clock, { month: 'short' })}
              </span>
            ))}
          {days.map(({ date, count, level, column, row }) => (
            <div
              key={date}
              data-date={date}
              data-level={level}
              className={classes.square}
              style={{ gridColumn: column, gridRow: row + 1 }}
              title={t.dayDone(writeDay(date, clock, { dateStyle: 'medium' }), count)}
            />
          ))}
        </div>
      </section>
      <Group gap={4} mt="xs" aria-hidden>
        <Text size="xs" c="dimmed">
          {t.less}
        </Text>
        {LEVELS.map((level) => (
          <div key={level} className={classes.square} data-level={level} />
        ))}
        <Text size="xs" c="dimmed">
          {t.more}
        </Text>
      </Group>
    </>
  );
}

function Months({ days }: { days: YearDay[] }) {
  const clock = useClock();
  return (
    <Table aria-label={t.heatmap} mt="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t.month}</Table.Th>
          <Table.Th scope="col" ta="right">
            {t.activeDays}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {t.done}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {monthsOf(days).map(({ month, activeDays, done }) => (
          <Table.Tr key={month}>
            <Table.Th scope="row" fw={400}>
              {writeDay(`${month}-01`, clock, { month: 'long' })}
            </Table.Th>
            <Table.Td ta="right">{number(activeDays, clock)}</Table.Td>
            <Table.Td ta="right">{number(done, clock)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
