import type { DndContextProps, UniqueIdentifier } from '@dnd-kit/core';
import { texts } from '../../shared/texts.ts';
import { type Columns, placeOf } from './board-rules.ts';

const t = texts.board;

/** What a screen reader says while a task is moved. */
export function announcements(columns: () => Columns): NonNullable<DndContextProps['accessibility']> {
  const find = (id: UniqueIdentifier) => {
    const place = placeOf(columns(), String(id));
    const task = place && columns()[place.column][place.index];
    return place && task ? { title: task.title, place, column: texts.tasks.status[place.column] } : null;
  };
  return {
    screenReaderInstructions: { draggable: t.instructions },
    announcements: {
      onDragStart: ({ active }) => t.picked(find(active.id)?.title ?? ''),
      onDragOver({ active }) {
        const found = find(active.id);
        return found ? t.over(found.title, found.column, found.place.index + 1) : undefined;
      },
      onDragEnd({ active }) {
        const found = find(active.id);
        return found ? t.dropped(found.title, found.column) : undefined;
      },
      onDragCancel: ({ active }) => t.cancelled(find(active.id)?.title ?? ''),
    },
  };
}
