import {
  closestCorners,
  DndContext,
  type DragEndEvent,
  type DragOverEvent,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Task, TaskStatus } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import { taskListQuery, tasksOf } from '../tasks/task-data.ts';
import { columnQuery, type TaskSearch } from '../tasks/task-search.ts';
import classes from './board.module.css';
import { BoardColumn } from './board-column.tsx';
import { useBoardMove } from './board-data.ts';
import { COLUMNS, type Columns, neighbourAt, type Place, placeOf, withMoved } from './board-rules.ts';
import { announcements } from './board-words.ts';
import { swallowClick } from './swallow-click.ts';
import { useFocusOnCard } from './use-focus-on-card.ts';

/** A drag begins after this many pixels, so that a click is none. */
const DISTANCE = 6;
/** On a screen one touches, a short press first: a swipe scrolls. */
const PRESS = { delay: 150, tolerance: 8 };

interface Drag {
  task: Task;
  place: Place;
  byKeyboard: boolean;
}

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
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState('');
  const focusOn = useFocusOnCard();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: DISTANCE } }),
    useSensor(TouchSensor, { activationConstraint: PRESS }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const shown = drag === null ? columns : withMoved(columns, drag.task, drag.place);

  const settle = (task: Task, place: Place, onShown: () => void) => {
    const query = queries[COLUMNS.indexOf(place.column)] ?? {};
    const neighbour = neighbourAt(columns, task, place);
    const from = placeOf(columns, task.id);
    const cameFrom = from && neighbourAt(columns, task, from);
    move.mutate({ task, to: place.column, query, index: place.index, neighbour, cameFrom, onShown });
  };
  const moveByMenu = (task: Task, place: Place) =>
    settle(task, place, () => {
      focusOn(task.id, 'menu');
      setSaid(texts.board.over(task.title, texts.tasks.status[place.column], place.index + 1));
    });
  const show = (next: Drag | null) => {
    if (drag?.byKeyboard) focusOn(drag.task.id, 'handle');
    setDrag(next);
  };
  const begin = (id: string, byKeyboard: boolean) => {
    const place = placeOf(columns, id);
    const task = place && columns[place.column][place.index];
    if (task) setDrag({ task, place, byKeyboard });
  };
  const over = ({ active, over: target }: DragOverEvent) => {
    if (drag === null || target === null || target.id === active.id) return;
    const place = placeOver(shown, drag.task.id, String(target.id));
    if (place !== null) show({ ...drag, place });
  };
  const end = ({ over: target }: DragEndEvent) => {
    const from = drag && placeOf(columns, drag.task.id);
    const isSame = from?.column === drag?.place.column && from?.index === drag?.place.index;
    if (drag === null || target === null || isSame) setDrag(null);
    else settle(drag.task, drag.place, () => show(null));
  };

  if (lists.some(({ isPending }) => isPending)) return <RowsSkeleton rows={6} />;
  const failed = lists.find(({ isError, data }) => isError && !data);
  if (failed) return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      accessibility={announcements(() => shown)}
      onDragStart={({ active, activatorEvent }) => {
        const byKeyboard = activatorEvent instanceof KeyboardEvent;
        if (!byKeyboard) swallowClick();
        begin(String(active.id), byKeyboard);
      }}
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
            onMove={moveByMenu}
          />
        ))}
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <DragOverlay>{drag && <div className={classes.overlay}>{drag.task.title}</div>}</DragOverlay>
    </DndContext>
  );
}
