import {
  closestCorners,
  DndContext,
  type DragEndEvent,
  type DragOverEvent,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Task, TaskStatus } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { useClock } from '../auth/account.ts';
import { taskListQuery, tasksOf } from '../tasks/task-data.ts';
import { columnQuery, type TaskSearch } from '../tasks/task-search.ts';
import classes from './board.module.css';
import { BoardColumn } from './board-column.tsx';
import { useBoardMove } from './board-data.ts';
import { COLUMNS, type Columns, neighbourAt, type Place, placeOf, withMoved } from './board-rules.ts';
import { announcements } from './board-words.ts';

/** A drag begins after this many pixels, so that a click on the handle is none. */
const DISTANCE = 6;
/** On a screen one touches, a short press first: a swipe scrolls. */
const PRESS = { delay: 150, tolerance: 8 };

function useColumns(search: TaskSearch) {
  const { zone } = useClock();
  const queries = useMemo(() => COLUMNS.map((status) => columnQuery(search, status, zone)), [search, zone]);
  // The columns are always the same three, so the hooks are called in the same order.
  const lists = [
    useInfiniteQuery(taskListQuery(queries[0] ?? {})),
    useInfiniteQuery(taskListQuery(queries[1] ?? {})),
    useInfiniteQuery(taskListQuery(queries[2] ?? {})),
  ] as const;
  const columns = Object.fromEntries(
    COLUMNS.map((status, index) => [status, tasksOf(lists[index]?.data)]),
  ) as unknown as Columns;
  return { queries, lists, columns };
}

const isColumn = (id: unknown): id is TaskStatus => COLUMNS.some((status) => status === id);

/** Where a drag is over: a task, or a column with room below its tasks. */
function placeOver(columns: Columns, activeId: string, overId: string): Place | null {
  if (!isColumn(overId)) return placeOf(columns, overId);
  const others = columns[overId].filter(({ id }) => id !== activeId);
  return { column: overId, index: others.length };
}

/** The tasks by status, to be moved between the columns and within them. */
export function BoardView({ search }: { search: TaskSearch }) {
  const { queries, lists, columns } = useColumns(search);
  const move = useBoardMove();
  const [drag, setDrag] = useState<{ task: Task; place: Place } | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DISTANCE } }),
    useSensor(TouchSensor, { activationConstraint: PRESS }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const shown = drag === null ? columns : withMoved(columns, drag.task, drag.place);

  const settle = (task: Task, place: Place) => {
    const query = queries[COLUMNS.indexOf(place.column)] ?? {};
    const neighbour = neighbourAt(columns, task, place);
    move.mutate({ task, to: place.column, query, index: place.index, neighbour });
  };
  const begin = (id: string) => {
    const place = placeOf(columns, id);
    const task = place && columns[place.column][place.index];
    if (task) setDrag({ task, place });
  };
  const over = ({ active, over: target }: DragOverEvent) => {
    if (drag === null || target === null || target.id === active.id) return;
    const place = placeOver(shown, drag.task.id, String(target.id));
    if (place !== null) setDrag({ task: drag.task, place });
  };
  const end = ({ over: target }: DragEndEvent) => {
    setDrag(null);
    if (drag === null || target === null) return;
    const from = placeOf(columns, drag.task.id);
    const isSame = from?.column === drag.place.column && from.index === drag.place.index;
    if (!isSame) settle(drag.task, drag.place);
  };

  if (lists.some(({ isPending }) => isPending)) return <RowsSkeleton rows={6} />;
  const failed = lists.find(({ isError, data }) => isError && !data);
  if (failed) return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      accessibility={announcements(() => shown)}
      onDragStart={({ active }) => begin(String(active.id))}
      onDragOver={over}
      onDragEnd={end}
      onDragCancel={() => setDrag(null)}
    >
      <div className={classes.board}>
        {COLUMNS.map((status, index) => (
          <BoardColumn
            key={status}
            status={status}
            tasks={shown[status]}
            more={{
              hasMore: lists[index]?.hasNextPage ?? false,
              isLoading: lists[index]?.isFetchingNextPage ?? false,
              load: () => void lists[index]?.fetchNextPage(),
            }}
            onMove={settle}
          />
        ))}
      </div>
      <DragOverlay>{drag && <div className={classes.overlay}>{drag.task.title}</div>}</DragOverlay>
    </DndContext>
  );
}
