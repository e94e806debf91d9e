import { useDroppable } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Button, Title } from '@mantine/core';
import { useId } from 'react';
import type { Task, TaskStatus } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import classes from './board.module.css';
import { BoardCard } from './board-card.tsx';
import type { Place } from './board-rules.ts';

const t = texts.board;

/** The tasks of one status. */
export function BoardColumn(props: {
  status: TaskStatus;
  tasks: readonly Task[];
  more: { hasMore: boolean; isLoading: boolean; load: () => void };
  onMove: (task: Task, place: Place) => void;
}) {
  const { status, tasks, more, onMove } = props;
  const id = useId();
  const { setNodeRef, isOver } = useDroppable({ id: status });
  return (
    <section ref={setNodeRef} className={classes.column} data-over={isOver || undefined} aria-labelledby={id}>
      <Title order={2} id={id} className={classes.heading}>
        {texts.tasks.status[status]}
        <span className={classes.count}>{more.hasMore ? `${tasks.length}+` : tasks.length}</span>
      </Title>
      <SortableContext items={tasks.map((task) => task.id)} strategy={verticalListSortingStrategy}>
        <ul className={classes.cards} aria-labelledby={id}>
          {tasks.map((task, index) => (
            <BoardCard
              key={task.id}
              task={task}
              place={{ column: status, index }}
              count={tasks.length}
              onMove={onMove}
            />
          ))}
        </ul>
      </SortableContext>
      {tasks.length === 0 && <p className={classes.empty}>{t.emptyColumn}</p>}
      {more.hasMore && (
        <Button variant="subtle" size="xs" loading={more.isLoading} onClick={more.load}>
          {t.more}
        </Button>
      )}
    </section>
  );
}
