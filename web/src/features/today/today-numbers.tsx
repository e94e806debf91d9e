import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Today } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { durationWords } from '../../shared/time.ts';
import { Freezes } from './freezes.tsx';
import { streaksQuery } from './today-data.ts';
import classes from './today-numbers.module.css';

const t = texts.today;

function Figure(props: { label: string; value: string | null; note?: string; more?: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{props.label}</dt>
      <dd>
        {props.value === null ? <Skeleton height={24} width={64} my={3} /> : <span>{props.value}</span>}
        {props.note && <span className={classes.note}>{props.note}</span>}
        {props.more}
      </dd>
    </div>
  );
}

const FreezesHint = lazy(() =>
  import('./freezes-hint.tsx').then((module) => ({ default: module.FreezesHint })),
);

/** Shown at once; what they are follows. */
function FreezesLeft({ left }: { left: number }) {
  return (
    <Suspense fallback={<Freezes left={left} />}>
      <FreezesHint left={left} />
    </Suspense>
  );
}

const UNKNOWN = '–';

/** Streak, what is done and what is left, in one line. A figure that could not be loaded shows a dash. */
export function TodayNumbers({ today, failed }: { today: Today | undefined; failed: boolean }) {
  const streaks = useQuery(streaksQuery);
  const streak = streaks.data ? t.streak(streaks.data.active) : streaks.isError ? UNKNOWN : null;
  const missing = failed ? UNKNOWN : null;
  const minutes = today?.estimatedMinutes;
  return (
    <dl className={classes.figures}>
      <Figure
        label={t.streakLabel}
        value={streak}
        note={
          streaks.data && (streaks.data.active > 0 ? t.streakLongest(streaks.data.longest) : t.streakNone)
        }
        more={streaks.data && streaks.data.freezesLeft > 0 && <FreezesLeft left={streaks.data.freezesLeft} />}
      />
      <Figure label={t.doneLabel} value={today ? String(today.completedToday) : missing} />
      <Figure
        label={t.minutesLabel}
        value={minutes === undefined ? missing : durationWords(minutes)}
        note={minutes === undefined ? undefined : minutes > 0 ? t.minutesHint : t.minutesNone}
      />
    </dl>
  );
}
