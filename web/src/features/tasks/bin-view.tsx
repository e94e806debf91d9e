import { Button, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Task, unwrap } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { MoreList } from '../../shared/more-list.tsx';
import { Page } from '../../shared/page.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { ListRow } from '../../shared/query-list.tsx';
import { Empty } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { dropTasks, refreshTasks } from './task-cache.ts';
import { taskListQuery } from './task-data.ts';

const t = texts.bin;
const BIN = { deleted: '1' } as const;

function useRestore() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (task: Task) =>
      unwrap(api.POST('/v1/tasks/{taskId}/restore', { params: { path: { taskId: task.id } } })),
    onSuccess: (_restored, task) => {
      dropTasks(queryClient, new Set([task.id]));
      toastDone(t.restored(task.title));
    },
    onError: (error, task) => toastFailed(t.failed(task.title), error),
    onSettled: () => refreshTasks(queryClient),
  });
}

function Deleted({ task, now }: { task: Task; now: Date }) {
  const clock = useClock();
  const restore = useRestore();
  return (
    <ListRow title={task.title} meta={task.deletedAt && t.deletedAt(momentWords(task.deletedAt, clock, now))}>
      <Button
        size="xs"
        variant="default"
        loading={restore.isPending}
        aria-label={t.restoreOne(task.title)}
        onClick={() => restore.mutate(task)}
      >
        {t.restore}
      </Button>
    </ListRow>
  );
}

/** What was deleted in the last 30 days. */
export function BinView() {
  const now = useNow();
  const bin = useInfiniteQuery(taskListQuery(BIN));
  const isEmpty = bin.data?.pages.every((page) => page.items.length === 0);
  return (
    <Page>
      <LinkAnchor
        to="/tasks"
        search={{}}
        c="dimmed"
        size="sm"
        style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}
      >
        <IconArrowLeft size={16} aria-hidden />
        {t.back}
      </LinkAnchor>
      <Stack gap={2}>
        <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
        <Text c="dimmed">{t.hint}</Text>
      </Stack>
      {isEmpty ? (
        <Empty
          icon={<IconTrash size={36} stroke={1.5} aria-hidden />}
          title={t.emptyTitle}
          text={t.emptyText}
        />
      ) : (
        <MoreList query={bin} empty={t.emptyTitle} label={t.list}>
          {(task) => <Deleted key={task.id} task={task} now={now} />}
        </MoreList>
      )}
    </Page>
  );
}
