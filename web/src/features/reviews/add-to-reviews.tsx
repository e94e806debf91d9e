import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconRepeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Review, Task } from '../../shared/api.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { reviewOfTaskQuery } from './review-data.ts';

const t = texts.reviews;

/** Its fields are heavier than a task's page that may never need them. */
const dialogs = () => import('./review-dialogs.tsx');
const AddReviewDialog = lazy(() => dialogs().then((module) => ({ default: module.AddReviewDialog })));
const EditReviewDialog = lazy(() => dialogs().then((module) => ({ default: module.EditReviewDialog })));

/** A task's place among the reviews: when it comes next, or the way in. Stands on its own in any page about a task. */
export function AddToReviews({ task }: { task: Pick<Task, 'id' | 'title'> }) {
  const review = useQuery(reviewOfTaskQuery(task.id));
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Paper p="lg" component="section" aria-labelledby="task-reviews">
      <Stack gap="sm" align="flex-start">
        <Title order={2} id="task-reviews">
          {t.onTask}
        </Title>
        {review.isPending && <Skeleton height={36} radius="md" />}
        {review.isError && review.data === undefined && (
          <LoadFailed error={review.error} onRetry={() => void review.refetch()} />
        )}
        {review.data === null && <Offer onAdd={() => setOpen(true)} />}
        {review.data && <Planned review={review.data} onEdit={() => setOpen(true)} />}
      </Stack>
      <Suspense>
        {isOpen && review.data === null && <AddReviewDialog task={task} onClose={close} />}
        {isOpen && review.data && <EditReviewDialog review={review.data} onClose={close} />}
      </Suspense>
    </Paper>
  );
}

function Offer({ onAdd }: { onAdd: () => void }) {
  return (
    <>
      <Text size="sm" c="dimmed">
        {t.onTaskText}
      </Text>
      <Button variant="light" leftSection={<IconRepeat size={18} aria-hidden />} onClick={onAdd}>
        {t.add}
      </Button>
    </>
  );
}

function Planned({ review, onEdit }: { review: Review; onEdit: () => void }) {
  const clock = useClock();
  const now = useNow();
  const isDue = Date.parse(review.dueAt) <= now.getTime();
  const next = isDue ? t.dueNow : t.onTaskNext(dayWords(dayOf(review.dueAt, clock.zone), clock, now));
  return (
    <Group gap="sm" justify="space-between" w="100%">
      <Text size="sm">{review.suspendedAt ? t.isSuspended : next}</Text>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={onEdit}
      >
        {t.edit}
      </Button>
    </Group>
  );
}
