import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import type { Today } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { durationWords } from '../../shared/time.ts';
import classes from './day-budget.module.css';

const t = texts.day;

/** Seldom opened, and its number fields are heavy. */
const FreeMinutesDialog = lazy(() =>
  import('./free-minutes-dialog.tsx').then((module) => ({ default: module.FreeMinutesDialog })),
);

function verdict({ freeMinutes, estimatedMinutes }: Today): string {
  if (freeMinutes === null) return t.noLimit;
  if (freeMinutes === 0 && estimatedMinutes === 0) return t.free;
  const left = freeMinutes - estimatedMinutes;
  if (left < 0) return t.over(durationWords(-left));
  return left === 0 ? t.fits : t.left(durationWords(left));
}

/** Both kinds of minutes as parts of the day: tasks solid, reviews striped, and a mark where the free time ends. */
function Meter({ today }: { today: Today }) {
  const free = today.freeMinutes ?? 0;
  const whole = Math.max(free, today.estimatedMinutes, 1);
  const width = (minutes: number) => ({ width: `${(minutes / whole) * 100}%` });
  return (
    <div className={classes.meter} data-over={today.overflows || undefined} aria-hidden>
      <div className={classes.tasks} style={width(today.taskMinutes)} />
      <div className={classes.reviews} style={width(today.reviewMinutes)} />
      {today.overflows && free > 0 && (
        <div className={classes.mark} style={{ left: `${(free / whole) * 100}%` }} />
      )}
    </div>
  );
}

function Part({ look, name, minutes }: { look: string | undefined; name: string; minutes: number }) {
  if (minutes === 0) return null;
  return (
    <Text component="span" size="sm" c="dimmed" className={classes.part}>
      <span className={`${classes.key} ${look}`} aria-hidden />
      {name} {durationWords(minutes)}
    </Text>
  );
}

/** What today costs in minutes against the free time of its weekday. */
export function DayBudget({ today }: { today: Today }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const planned = durationWords(today.estimatedMinutes);
  const hasLimit = today.freeMinutes !== null;
  return (
    <Stack gap={6} component="section" aria-label={t.budget}>
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h3">
          {today.freeMinutes === null
            ? t.plannedOnly(planned)
            : t.planned(planned, durationWords(today.freeMinutes))}
        </Title>
        <Button size="compact-sm" variant="subtle" className={classes.change} onClick={open}>
          {hasLimit ? t.changeMinutes : t.setMinutes}
        </Button>
      </Group>
      {hasLimit && <Meter today={today} />}
      <Group gap="4px 14px">
        <Text size="sm" c={today.overflows ? 'var(--late)' : 'dimmed'} fw={today.overflows ? 550 : undefined}>
          {verdict(today)}
        </Text>
        {hasLimit && <Part look={classes.tasks} name={t.tasks} minutes={today.taskMinutes} />}
        {hasLimit && <Part look={classes.reviews} name={t.reviews} minutes={today.reviewMinutes} />}
      </Group>
      {isOpen && (
        <Suspense>
          <FreeMinutesDialog onClose={close} />
        </Suspense>
      )}
    </Stack>
  );
}
