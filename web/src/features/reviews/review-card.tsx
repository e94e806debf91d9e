import { Badge, Button, Group, Paper, Text } from '@mantine/core';
import { IconArrowBackUp, IconPlayerPause } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReviewWithNext } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';
import { dayOf, daysBetween } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { openTask } from '../tasks/open-task.ts';
import { GradeBar } from './grade-bar.tsx';
import { Answer, Question } from './review-content.tsx';
import type { Grade } from './review-data.ts';
import classes from './session-page.module.css';
import type { ReviewSession } from './use-review-session.ts';
import { useSessionKeys } from './use-session-keys.ts';
import { useStopwatch } from './use-stopwatch.ts';

const t = texts.reviews;
const MAX_MS = 3_600_000;

interface ReviewCardProps {
  review: ReviewWithNext;
  session: ReviewSession;
  /** Whether the question takes the focus, as each but the first of a session does. */
  takesFocus: boolean;
}

/** One item: its question, then its answer and the four grades. */
export function ReviewCard({ review, session, takesFocus }: ReviewCardProps) {
  const [isRevealed, setRevealed] = useState(false);
  const watch = useStopwatch();
  const question = useRef<HTMLDivElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) question.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  useEffect(() => {
    if (isRevealed) answer.current?.focus({ preventScroll: true });
  }, [isRevealed]);

  const onReveal = () => setRevealed(true);
  const onGrade = (grade: Grade) => session.grade(review, grade, Math.min(watch.elapsedMs(), MAX_MS));
  useSessionKeys({ isRevealed, onReveal, onGrade, onUndo: session.undo });
  return (
    <>
      <Paper p="lg" className={classes.card} component="article" aria-label={review.title}>
        <Facts review={review} />
        <div ref={question} tabIndex={-1} className={classes.question}>
          <Question review={review} isRevealed={isRevealed} />
        </div>
        {isRevealed && (
          <div ref={answer} tabIndex={-1} className={classes.answer}>
            <Answer review={review} />
          </div>
        )}
      </Paper>
      <div className={classes.bar} data-action-bar>
        {isRevealed ? (
          <GradeBar review={review} onGrade={onGrade} />
        ) : (
          // Nor is that of one on a grade a look at the next answer.
          <Button fullWidth size="lg" onClick={({ detail }) => detail < 2 && onReveal()}>
            {t.show}
          </Button>
        )}
      </div>
      <Asides review={review} session={session} />
    </>
  );
}

function Facts({ review }: { review: ReviewWithNext }) {
  const clock = useClock();
  const now = useNow();
  const late = daysBetween(dayOf(review.dueAt, clock.zone), dayOf(now, clock.zone));
  return (
    <Group gap={8} mih={22}>
      {review.category && (
        <Text size="sm" c="dimmed">
          {review.category}
        </Text>
      )}
      {review.state === 'new' && (
        <Badge variant="light" tt="none">
          {t.isNew}
        </Badge>
      )}
      {review.isForExam && (
        <Badge variant="light" color="clay" tt="none">
          {t.forExam}
        </Badge>
      )}
      {review.state !== 'new' && late > 0 && (
        <Text size="sm" c="var(--late)">
          {t.overdueBy(late)}
        </Text>
      )}
    </Group>
  );
}

/** What is seldom done, below what is done all the time. */
function Asides({ review, session }: Omit<ReviewCardProps, 'takesFocus'>) {
  const suspend = () => {
    session.suspend(review);
    toastDone(t.suspended(review.title));
  };
  return (
    <Group justify="space-between" gap="xs">
      <Group gap={4} ml={-8}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          disabled={session.past.length === 0}
          onClick={session.undo}
        >
          {t.undo}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={suspend}
        >
          {t.suspend}
        </Button>
        <LinkAnchor {...openTask(review.taskId)} size="sm" px={8}>
          {t.openTask}
        </LinkAnchor>
      </Group>
      <Text size="xs" c="dimmed" visibleFrom="sm">
        {t.keys}
      </Text>
    </Group>
  );
}
