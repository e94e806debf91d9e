import { memo, useMemo } from 'react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import classes from './list-view.module.css';
import { type ListEntry, toEntries } from './task-groups.ts';
import rowClasses from './task-row.module.css';
import { TaskRowBody } from './task-row.tsx';
import { useLongList } from './use-long-list.ts';
import type { Selection } from './use-selection.ts';

const t = texts.taskList;
const ROW_HEIGHT = 66;
const HEADING_HEIGHT = 46;

export interface ViewProps {
  tasks: readonly Task[];
  selection: Selection;
  /** Boxes show on every row, as asked by the button. */
  isChoosing: boolean;
  more: { hasMore: boolean; isLoadingMore: boolean; loadMore: () => void };
}

interface EntryProps {
  entry: ListEntry;
  now: Date;
  selection: Selection;
  isChoosing: boolean;
}

/** Kept while one scrolls, or every row in sight would be rendered anew for each frame. */
const Entry = memo(function Entry({ entry, now, selection, isChoosing }: EntryProps) {
  if (entry.kind === 'heading') return <h2 className={classes.heading}>{t.group[entry.group]}</h2>;
  const { task } = entry;
  const isSelected = selection.ids.has(task.id);
  return (
    <div
      className={`${rowClasses.row} ${classes.row}`}
      data-done={task.status === 'completed' || undefined}
      data-selected={isSelected || undefined}
    >
      <TaskRowBody
        task={task}
        now={now}
        selection={{
          isSelected,
          isOn: isChoosing || selection.isOn,
          onToggle: (withRange) => selection.toggle(task.id, withRange),
        }}
      />
    </div>
  );
});

/** Tasks under each other; by due date with a heading for each stretch of time. */
export function ListView({ tasks, selection, isChoosing, more, byDue }: ViewProps & { byDue: boolean }) {
  const now = useNow();
  const { zone } = useClock();
  const entries = useMemo(() => toEntries(tasks, byDue ? { zone, now } : null), [tasks, byDue, zone, now]);
  const { ref, items, measure, height, scrollMargin, keepFocused } = useLongList<HTMLUListElement>({
    count: entries.length,
    keyOf: (index) => entries[index]?.key ?? String(index),
    estimate: (index) => (entries[index]?.kind === 'heading' ? HEADING_HEIGHT : ROW_HEIGHT),
    ...more,
  });
  return (
    <ul
      ref={ref}
      onFocus={keepFocused}
      className={classes.list}
      aria-label={texts.tasks.list}
      style={{ height }}
    >
      {items.map(({ index, key, start }) => {
        const entry = entries[index];
        return (
          entry && (
            <li
              key={key}
              ref={measure}
              data-index={index}
              data-kind={entry.kind}
              className={classes.entry}
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              <Entry entry={entry} now={now} selection={selection} isChoosing={isChoosing} />
            </li>
          )
        );
      })}
    </ul>
  );
}
