import { Button, Group, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import classes from './bar-chart.module.css';
import { texts } from './texts.ts';

const t = texts.analytics;

/** Told apart by texture, not by colour alone. */
const LOOKS = [classes.solid, classes.striped] as const;
/** More bars than this have no room for a number above each. */
const MAX_WITH_NUMBERS = 14;
/** In a dense chart a date below is as wide as so many bars; nearer to the end it would stand out of the card. */
const TICK_BARS = 3;

export interface Bar {
  key: string;
  /** Stands below the bar; empty for none. */
  tick: string;
  /** What the bar is, in the table and where one points at it. */
  name: string;
  /** One number for each series. */
  values: readonly number[];
  /** A cell more in the table, for each of `extra`. */
  extra?: readonly string[];
}

interface BarChartProps {
  title: string;
  hint?: string;
  /** Head of the first column of the table. */
  of: string;
  bars: readonly Bar[];
  series: readonly string[];
  /** Heads of more columns of the table. */
  extra?: readonly string[];
  write: (value: number) => string;
  headingOrder?: 2 | 3;
  children?: ReactNode;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * A small bar chart: bars for the eye, and the same as a table for screen readers and for whoever asks for it. Our own,
 * because a library for forty rectangles weighs 160 KB.
 */
export function BarChart(props: BarChartProps) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-labelledby={id} className={classes.chart}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div className={classes.head}>
          <Title order={props.headingOrder ?? 2} id={id}>
            {props.title}
          </Title>
          {props.hint && (
            <Text size="sm" c="dimmed">
              {props.hint}
            </Text>
          )}
        </div>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-pressed={asTable}
          aria-describedby={id}
          onClick={() => setAsTable(!asTable)}
          mr={-8}
          style={{ flexShrink: 0 }}
        >
          {asTable ? t.showChart : t.showTable}
        </Button>
      </Group>
      {asTable ? (
        <Numbers {...props} />
      ) : (
        <>
          <Bars {...props} />
          <VisuallyHidden>
            <Numbers {...props} />
          </VisuallyHidden>
        </>
      )}
      {props.children}
    </section>
  );
}

function Bars({ bars, series, write }: BarChartProps) {
  const max = Math.max(1, ...bars.map(({ values }) => sum(values)));
  const hasNumbers = bars.length <= MAX_WITH_NUMBERS;
  return (
    <div aria-hidden>
      {!hasNumbers && <div className={classes.max}>{write(max)}</div>}
      <div className={classes.bars} data-dense={!hasNumbers || undefined}>
        {bars.map((bar, place) => (
          <div key={bar.key} className={classes.slot} title={titleOf(bar, series, write)}>
            <div className={classes.column}>
              {hasNumbers && <span className={classes.number}>{write(sum(bar.values))}</span>}
              {bar.values.map((value, index) => (
                <div
                  key={series[index]}
                  className={`${classes.bar} ${LOOKS[index]}`}
                  style={{ height: `${(value / max) * (hasNumbers ? 80 : 100)}%` }}
                />
              ))}
            </div>
            <span className={classes.tick}>
              {hasNumbers || place < bars.length - TICK_BARS ? bar.tick : ''}
            </span>
          </div>
        ))}
      </div>
      {series.length > 1 && (
        <Group gap="md" mt="xs">
          {series.map((name, index) => (
            <Text key={name} component="span" size="sm" c="dimmed" className={classes.legend}>
              <span className={`${classes.key} ${LOOKS[index]}`} />
              {name}
            </Text>
          ))}
        </Group>
      )}
    </div>
  );
}

function titleOf({ name, values }: Bar, series: readonly string[], write: (value: number) => string): string {
  return `${name}: ${values.map((value, index) => `${series[index]} ${write(value)}`).join(', ')}`;
}

function Numbers({ title, of, bars, series, extra = [], write }: BarChartProps) {
  return (
    <Table aria-label={title} mt="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{of}</Table.Th>
          {[...series, ...extra].map((name) => (
            <Table.Th key={name} scope="col" ta="right">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bars.map((bar) => (
          <Table.Tr key={bar.key}>
            <Table.Th scope="row" fw={400}>
              {bar.name}
            </Table.Th>
            {[...bar.values.map(write), ...(bar.extra ?? [])].map((cell, index) => (
              <Table.Td key={[...series, ...extra][index]} ta="right">
                {cell}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
