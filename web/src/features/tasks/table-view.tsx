import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { Fragment, memo, type MouseEvent as ReactMouseEvent } from 'react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { dayWords, durationWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import type { ViewProps } from './list-view.tsx';
import classes from './table-view.module.css';
import { DueFact } from './task-facts.tsx';
import { TaskLink, TaskTick } from './task-row.tsx';
import type { TaskSort } from './task-search.ts';
import { useLongList } from './use-long-list.ts';
import type { Selection } from './use-selection.ts';
import type { TaskSearchState } from './use-task-search.ts';

const t = texts.taskList.table;
const ROW_HEIGHT = 50;
/** Which way each column is sorted at first; a second click turns it round. */
const NATURAL = { due: 'asc', priority: 'desc', created: 'desc' } as const;
const COLUMNS = 8;

type SortColumn = keyof typeof NATURAL;

function SortHead({ column, state }: { column: SortColumn; state: TaskSearchState }) {
  const { search, change } = state;
  const isSorted = (search.sort ?? 'created') === column;
  const direction = search.order ?? NATURAL[column];
  const Icon = !isSorted ? IconArrowsSort : direction === 'asc' ? IconArrowUp : IconArrowDown;
  const flip = () => {
    const turned = direction === 'asc' ? 'desc' : 'asc';
    change({
      sort: column === 'created' ? undefined : (column as Exclude<TaskSort, 'created'>),
      order: isSorted && turned !== NATURAL[column] ? turned : undefined,
    });
  };
  const ariaSort = direction === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={isSorted ? ariaSort : 'none'}>
      <UnstyledButton className={classes.sort} aria-label={t.sortBy(t[column])} onClick={flip}>
        {t[column]}
        <Icon size={14} stroke={1.75} aria-hidden opacity={isSorted ? 1 : 0.55} />
      </UnstyledButton>
    </th>
  );
}

function Head({
  tasks,
  selection,
  state,
}: Pick<ViewProps, 'tasks' | 'selection'> & { state: TaskSearchState }) {
  const count = selection.ids.size;
  const isAll = count > 0 && count === tasks.length;
  return (
    <thead>
      <tr>
        <th className={classes.narrow}>
          <Checkbox
            aria-label={t.selectAll}
            checked={isAll}
            indeterminate={count > 0 && !isAll}
            onChange={() => (isAll ? selection.clear() : selection.set(tasks.map(({ id }) => id)))}
          />
        </th>
        <th className={classes.narrow}>
          <VisuallyHidden>{t.done}</VisuallyHidden>
        </th>
        <th scope="col" className={classes.title}>
          {t.title}
        </th>
        <SortHead column="due" state={state} />
        <SortHead column="priority" state={state} />
        <th scope="col">{t.category}</th>
        <th scope="col">{t.estimate}</th>
        <SortHead column="created" state={state} />
      </tr>
    </thead>
  );
}

interface CellsProps {
  task: Task;
  now: Date;
  isSelected: boolean;
  onToggle: Selection['toggle'];
}

/** Kept while one scrolls, as the rows of the list are. */
const Cells = memo(function Cells({ task, now, isSelected, onToggle }: CellsProps) {
  const clock = useClock();
  return (
    <>
      <td className={classes.narrow}>
        <Checkbox
          checked={isSelected}
          readOnly
          onClick={(event: ReactMouseEvent) => onToggle(task.id, event.shiftKey)}
          aria-label={texts.taskList.selectOne(task.title)}
          data-select
        />
      </td>
      <td className={classes.narrow}>
        <TaskTick task={task} />
      </td>
      <td className={classes.title}>
        <TaskLink task={task} className={classes.link} />
      </td>
      <td>
        <DueFact task={task} now={now} bare />
      </td>
      <td>{texts.tasks.priority[task.priority]}</td>
      <td>{task.category}</td>
      <td>{task.estimateMinutes !== null && durationWords(task.estimateMinutes)}</td>
      <td className="capital">{dayWords(dayOf(task.createdAt, clock.zone), clock, now)}</td>
    </>
  );
});

/** Empty room for the rows that are out of sight. */
function Room({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={COLUMNS} style={{ height }} />
    </tr>
  );
}

/** Tasks as a table, sorted by a click on a column's head. */
export function TableView({ tasks, selection, more, state }: ViewProps & { state: TaskSearchState }) {
  const now = useNow();
  const { ref, items, measure, height, scrollMargin, keepFocused } = useLongList<HTMLTableSectionElement>({
    count: tasks.length,
    keyOf: (index) => tasks[index]?.id ?? String(index),
    estimate: () => ROW_HEIGHT,
    ...more,
  });
  const before = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const after = height - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too
    <section className={classes.frame} aria-label={texts.tasks.list} tabIndex={0}>
      <table className={classes.table} aria-rowcount={more.hasMore ? -1 : tasks.length + 1}>
        <Head tasks={tasks} selection={selection} state={state} />
        <tbody ref={ref} onFocus={keepFocused}>
          <Room height={before} />
          {items.map(({ index, key, start }, at) => {
            const task = tasks[index];
            return (
              task && (
                <Fragment key={key}>
                  <Room height={at === 0 ? 0 : start - (items[at - 1]?.end ?? start)} />
                  <tr
                    ref={measure}
                    data-index={index}
                    aria-rowindex={index + 2}
                    data-done={task.status === 'completed' || undefined}
                    data-selected={selection.ids.has(task.id) || undefined}
                  >
                    <Cells
                      task={task}
                      now={now}
                      isSelected={selection.ids.has(task.id)}
                      onToggle={selection.toggle}
                    />
                  </tr>
                </Fragment>
              )
            );
          })}
          <Room height={after} />
        </tbody>
      </table>
    </section>
  );
}
