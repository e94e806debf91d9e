import { useSortable } from '@dnd-kit/sortable';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowUp, IconDots, IconGripVertical } from '@tabler/icons-react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { TaskFacts } from '../tasks/task-facts.tsx';
import { TaskLink } from '../tasks/task-row.tsx';
import classes from './board.module.css';
import { COLUMNS, type Place } from './board-rules.ts';

const t = texts.board;

/** What of a card has the focus after it was moved by it. */
export type CardPart = 'handle' | 'menu';

interface CardProps {
  task: Task;
  place: Place;
  /** Tasks in its column. */
  count: number;
  /** Moved by its menu. */
  onMove: (task: Task, place: Place) => void;
}

function CardMenu({ task, place: { column, index }, count, onMove }: CardProps) {
  const isOrdered = column !== 'completed';
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t.menu(task.title)} data-part="menu">
          <IconDots size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isOrdered && index > 0 && (
          <Menu.Item
            leftSection={<IconArrowUp size={16} aria-hidden />}
            onClick={() => onMove(task, { column, index: index - 1 })}
          >
            {t.up}
          </Menu.Item>
        )}
        {isOrdered && index < count - 1 && (
          <Menu.Item
            leftSection={<IconArrowDown size={16} aria-hidden />}
            onClick={() => onMove(task, { column, index: index + 1 })}
          >
            {t.down}
          </Menu.Item>
        )}
        {COLUMNS.filter((other) => other !== column).map((other) => (
          <Menu.Item
            key={other}
            leftSection={<IconArrowRight size={16} aria-hidden />}
            onClick={() => onMove(task, { column: other, index: 0 })}
          >
            {t.moveTo(texts.tasks.status[other])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/**
 * A task on the board: dragged by any part of it with the mouse or, after a short press, a finger; by its handle with
 * the keyboard; or moved by its menu.
 */
export function BoardCard(props: CardProps) {
  const { task } = props;
  const now = useNow();
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({ id: task.id, attributes: { roleDescription: t.dragRole } });
  const { onKeyDown: _byHandleOnly, ...pointer } = listeners ?? {};
  return (
    <li
      ref={setNodeRef}
      data-card={task.id}
      className={classes.card}
      data-dragging={isDragging || undefined}
      style={{
        transform: transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined,
        transition,
      }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={classes.handle}
        {...attributes}
        {...listeners}
        data-part="handle"
        aria-label={t.drag(task.title)}
      >
        <IconGripVertical size={16} stroke={1.75} aria-hidden />
      </button>
      <div className={classes.text} {...pointer}>
        <TaskLink task={task} className={classes.title} />
        <TaskFacts task={task} now={now} />
      </div>
      <CardMenu {...props} />
    </li>
  );
}
