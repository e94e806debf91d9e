import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { TaskStatus } from '../../shared/api.ts';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { QuickAdd } from './quick-add.tsx';
import { taskListQuery } from './task-data.ts';
import { TaskRows } from './task-row.tsx';

const t = texts.tasks;
const route = getRouteApi('/app/tasks');

const FILTERS = (['all', 'todo', 'in-progress', 'completed'] as const).map((value) => ({
  value,
  label: t.filters[value],
}));

function StatusFilter({ status }: { status: TaskStatus | undefined }) {
  const navigate = useNavigate();
  const choose = (value: string) => {
    const search = value === 'all' ? {} : { status: value as TaskStatus };
    void navigate({ to: '/tasks', search, replace: true });
  };
  return (
    <SegmentedControl
      aria-label={t.filter}
      data={FILTERS}
      value={status ?? 'all'}
      onChange={choose}
      w={{ base: '100%', xs: 'auto' }}
    />
  );
}

export function TasksPage() {
  const { status } = route.useSearch();
  return (
    <Page>
      <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
      <QuickAdd />
      <Group>
        <StatusFilter status={status} />
      </Group>
      <TaskList status={status} />
    </Page>
  );
}

function TaskList({ status }: { status: TaskStatus | undefined }) {
  const now = useNow();
  const list = useInfiniteQuery(taskListQuery(status));
  if (list.isPending) return <RowsSkeleton rows={6} />;
  if (list.isError && !list.data)
    return <LoadFailed error={list.error} onRetry={() => void list.refetch()} />;
  const tasks = list.data.pages.flatMap((page) => page.items);
  if (tasks.length === 0) {
    return (
      <Empty
        icon={<IconChecklist size={36} stroke={1.5} aria-hidden />}
        title={status ? t.emptyFilterTitle : t.emptyTitle}
        text={status ? t.emptyFilterText : t.emptyText}
      />
    );
  }
  return (
    <Stack>
      <TaskRows tasks={tasks} now={now} label={t.list} />
      {list.isFetchNextPageError && (
        <LoadFailed error={list.error} onRetry={() => void list.fetchNextPage()} />
      )}
      {list.hasNextPage && !list.isFetchNextPageError && (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          style={{ alignSelf: 'center' }}
        >
          {t.loadMore}
        </Button>
      )}
    </Stack>
  );
}
