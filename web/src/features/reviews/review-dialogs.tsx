import { Loader, Select, Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Review, type Task, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { reviewHistoryQuery, useAddReview, useSaveReview } from './review-data.ts';
import { NEW_REVIEW } from './review-fields.tsx';
import { ReviewForm } from './review-form.tsx';

const t = texts.reviews;
const SEARCH_MS = 200;

/** Puts a task among the reviews: the one given, or one to choose. */
export function AddReviewDialog({
  task,
  onClose,
}: {
  task?: Pick<Task, 'id' | 'title'>;
  onClose: () => void;
}) {
  const add = useAddReview();
  const [chosen, setChosen] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const choose = (taskId: string | null) => {
    setChosen(taskId);
    setMissing(null);
  };
  const taskId = task?.id ?? chosen;
  return (
    <Dialog title={t.addTitle} opened onClose={onClose}>
      <ReviewForm
        initial={NEW_REVIEW}
        failed={t.addFailed}
        button={t.add}
        onClose={onClose}
        save={async (values) => {
          if (taskId === null) {
            setMissing(t.pickTaskMissing);
            throw new Problem(400, { detail: t.pickTaskMissing });
          }
          const review = await add.mutateAsync({ ...values, taskId });
          toastDone(t.added(review.title));
        }}
      >
        {task ? (
          <Text fw={550} className="break-words">
            {task.title}
          </Text>
        ) : (
          <TaskSelect value={chosen} onChange={choose} error={missing} />
        )}
      </ReviewForm>
    </Dialog>
  );
}

interface TaskSelectProps {
  value: string | null;
  onChange: (taskId: string | null) => void;
  error: string | null;
}

function TaskSelect({ value, onChange, error }: TaskSelectProps) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), SEARCH_MS);
  const found = useQuery({
    queryKey: [...keys.tasks, 'search', q],
    queryFn: () => unwrap(api.GET('/v1/tasks', { params: { query: { limit: 20, ...(q && { q }) } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      label={t.pickTask}
      placeholder={t.pickTaskHint}
      searchable
      data={found.data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? []}
      // The server has searched already, by words and in the notes too.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={found.isPending ? <Loader size="xs" /> : t.pickTaskNone}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

export function EditReviewDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const save = useSaveReview(review);
  return (
    <Dialog title={t.editTitle} opened onClose={onClose}>
      <ReviewForm
        initial={{ retention: Math.round(review.desiredRetention * 100), prompts: review.prompts }}
        failed={t.saveFailed}
        button={t.save}
        onClose={onClose}
        save={async (values) => {
          await save.mutateAsync(values);
          toastDone(t.saved);
        }}
      >
        <Text fw={550} className="break-words">
          {review.title}
        </Text>
      </ReviewForm>
    </Dialog>
  );
}

const SECOND_MS = 1_000;

export function HistoryDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  return (
    <Dialog title={t.historyTitle} opened onClose={onClose}>
      <Stack>
        <Text fw={550} className="break-words">
          {review.title}
        </Text>
        <History review={review} />
      </Stack>
    </Dialog>
  );
}

function History({ review }: { review: Review }) {
  const clock = useClock();
  const now = useNow();
  const history = useInfiniteQuery(reviewHistoryQuery(review.id));
  if (history.isPending) return <RowsSkeleton rows={3} height={28} />;
  if (!history.data) return <LoadFailed error={history.error} onRetry={() => void history.refetch()} />;
  const logs = history.data.pages.flatMap((page) => page.items);
  if (logs.length === 0) return <Text c="dimmed">{t.historyEmpty}</Text>;
  return (
    <Table aria-label={t.historyTitle}>
      <Table.Thead>
        <Table.Tr>
          {[t.historyAt, t.historyGrade, t.historyTook, t.historyNext].map((name) => (
            <Table.Th key={name} scope="col">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {logs.map((log) => (
          <Table.Tr key={log.id}>
            <Table.Td>{momentWords(log.reviewedAt, clock, now)}</Table.Td>
            <Table.Td>{t.grades[log.grade]}</Table.Td>
            <Table.Td>
              {log.durationMs === null ? '–' : t.seconds(Math.round(log.durationMs / SECOND_MS))}
            </Table.Td>
            <Table.Td>{momentWords(log.dueAfter, clock, now)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
