import { Progress, Text } from '@mantine/core';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { ReviewCard } from './review-card.tsx';
import { ReviewFrame } from './review-frame.tsx';
import { SessionEnd } from './session-end.tsx';
import classes from './session-page.module.css';
import { type ReviewSession, useReviewSession } from './use-review-session.ts';

const t = texts.reviews;

export function SessionPage() {
  const session = useReviewSession();
  const [review] = session.queue;
  return (
    <ReviewFrame title={t.tabs.session}>
      {review && <SessionProgress session={session} />}
      {review && (
        // A version of an item is asked once: taken back, it is asked anew.
        <ReviewCard
          key={`${review.id} ${review.version}`}
          review={review}
          session={session}
          takesFocus={session.past.length > 0}
        />
      )}
      {!review && session.phase === 'loading' && <RowsSkeleton rows={2} height={120} />}
      {!review && typeof session.phase === 'object' && (
        <LoadFailed error={session.phase.error} onRetry={session.reload} />
      )}
      {!review && session.phase === 'over' && <SessionEnd session={session} />}
    </ReviewFrame>
  );
}

function SessionProgress({ session }: { session: ReviewSession }) {
  const done = session.past.length;
  const total = done + session.left;
  return (
    <div className={classes.progress}>
      <Progress.Root size="sm" flex={1}>
        <Progress.Section value={(done / total) * 100} aria-label={t.progressLabel} />
      </Progress.Root>
      <Text size="sm" c="dimmed" className={classes.count} role="status">
        {t.progress(done, total)}
      </Text>
    </div>
  );
}
