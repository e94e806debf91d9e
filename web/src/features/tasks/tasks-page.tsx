import { Button } from '@mantine/core';
import { IconChecklist, IconMoodSmile, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ListView } from './list-view.tsx';
import { QuickAdd } from './quick-add.tsx';
import { taskListQuery, tasksOf } from './task-data.ts';
import { activeFilters } from './task-search.ts';
import { TasksToolbar } from './tasks-toolbar.tsx';
import { useSelection } from './use-selection.ts';
import { type TaskSearchState, useTaskSearch } from './use-task-search.ts';

const t = texts.tasks;
const TableView = lazy(() => import('./table-view.tsx').then((module) => ({ default: module.TableView })));
const BoardView = lazy(() =>
  import('../board/board-view.tsx').then((module) => ({ default: module.BoardView })),
);
const BinView = lazy(() => import('./bin-view.tsx').then((module) => ({ default: module.BinView })));

export function TasksPage() {
  const state = useTaskSearch();
  if (state.search.deleted !== 1) return <Tasks state={state} />;
  return (
    <Suspense fallback={<RowsSkeleton rows={4} />}>
      <BinView />
    </Suspense>
  );
}

function Tasks({ state }: { state: TaskSearchState }) {
  const isBoard = state.search.view === 'board';
  return (
    <Page wide={state.search.view !== undefined}>
      <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
      <QuickAdd />
      {isBoard ? (
        <>
          <TasksToolbar state={state} />
          <Suspense fallback={<RowsSkeleton rows={6} />}>
            <BoardView search={state.search} />
          </Suspense>
        </>
      ) : (
        <Rows state={state} />
      )}
    </Page>
  );
}

const ICON = { size: 36, stroke: 1.5, 'aria-hidden': true } as const;

function NothingHere({ state }: { state: TaskSearchState }) {
  const { search, change, reset } = state;
  const isFiltered = activeFilters(search).length > 0;
  const isOpen = search.status === undefined;
  // Whoever has nothing at all is told how to begin.
  const any = useInfiniteQuery({ ...taskListQuery({}, 1), enabled: isOpen && !isFiltered });
  if (isFiltered) {
    return (
      <Empty
        icon={<IconSearchOff {...ICON} />}
        title={texts.taskList.emptyFilteredTitle}
        text={texts.taskList.emptyFilteredText}
      >
        <Button variant="default" mt="sm" onClick={reset}>
          {texts.taskList.reset}
        </Button>
      </Empty>
    );
  }
  if (isOpen && any.isPending) return <RowsSkeleton rows={2} />;
  if (search.status === 'all' || (isOpen && tasksOf(any.data).length === 0))
    return <Empty icon={<IconChecklist {...ICON} />} title={t.emptyTitle} text={t.emptyText} />;
  return (
    <Empty
      icon={<IconMoodSmile {...ICON} />}
      title={isOpen ? texts.taskList.emptyOpenTitle : t.emptyFilterTitle}
      text={isOpen ? texts.taskList.emptyOpenText : t.emptyFilterText}
    >
      {isOpen && (
        <Button variant="default" mt="sm" onClick={() => change({ status: 'completed' })}>
          {texts.taskList.showCompleted}
        </Button>
      )}
    </Empty>
  );
}

/** The list or the table, with choosing many. */
function Rows({ state }: { state: TaskSearchState }) {
  const { search, query } = state;
  const list = useInfiniteQuery(taskListQuery(query));
  const tasks = tasksOf(list.data);
  const selection = useSelection(tasks);
  const [isChoosing, setChoosing] = useState(false);
  const choosing = {
    isOn: isChoosing || selection.isOn,
    toggle: () => {
      setChoosing(!(isChoosing || selection.isOn));
      selection.clear();
    },
  };
  const loadAll = async () => {
    let { data, hasNextPage, isError } = list;
    while (hasNextPage && !isError) ({ data, hasNextPage, isError } = await list.fetchNextPage());
    return tasksOf(data).map(({ id }) => id);
  };
  const view = {
    tasks,
    selection,
    isChoosing,
    more: {
      hasMore: list.hasNextPage && !list.isFetchNextPageError,
      isLoadingMore: list.isFetchingNextPage,
      loadMore: () => void list.fetchNextPage(),
    },
  };
  return (
    <>
      <TasksToolbar state={state} choosing={tasks.length > 0 && !search.view ? choosing : undefined} />
      {list.isPending && <RowsSkeleton rows={6} />}
      {list.isError && !list.data && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && tasks.length === 0 && <NothingHere state={state} />}
      {tasks.length > 0 &&
        (search.view === 'table' ? (
          <Suspense fallback={<RowsSkeleton rows={6} />}>
            <TableView {...view} state={state} />
          </Suspense>
        ) : (
          <ListView {...view} byDue={search.sort === 'due' && search.order !== 'desc'} />
        ))}
      {list.hasNextPage && <p className="print-only">{texts.taskList.printedFirst(tasks.length)}</p>}
      {list.isFetchNextPageError && (
        <LoadFailed error={list.error} onRetry={() => void list.fetchNextPage()} />
      )}
      <BulkBar selection={selection} loadAll={loadAll} />
    </>
  );
}
