import { Badge, Checkbox, Group } from '@mantine/core';
import type { MouseEvent as ReactMouseEvent } from 'react';
import type { Task } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { openTask } from './open-task.ts';
import { useCompletion } from './task-data.ts';
import { TaskFacts } from './task-facts.tsx';
import classes from './task-row.module.css';

const t = texts.tasks;

/** How a row takes part in choosing many. */
export interface RowSelection {
  isSelected: boolean;
  isOn: boolean;
  onToggle: (withRange: boolean) => void;
}

/** The circle that completes a task. */
export function TaskTick({ task, className }: { task: Task; className?: string }) {
  const completion = useCompletion();
  const done = task.status === 'completed';
  return (
    <Checkbox
      checked={done}
      onChange={() => completion.mutate({ task, completed: !done })}
      aria-label={done ? t.reopen(task.title) : t.complete(task.title)}
      radius="xl"
      size="md"
      className={className}
    />
  );
}

/** The title as the link to the task. The page behind stays as it is. */
export function TaskLink({ task, className }: { task: Task; className?: string }) {
  return (
    <LinkAnchor
      {...openTask(task.id)}
      data-task={task.id}
      dir="auto"
      underline="never"
      className={className}
      draggable={false}
    >
      {task.title}
    </LinkAnchor>
  );
}

export function SelectBox({ task, selection }: { task: Task; selection: RowSelection }) {
  return (
    <Checkbox
      checked={selection.isSelected}
      // The click tells about the shift key; the change event does not in every browser.
      onClick={(event: ReactMouseEvent) => selection.onToggle(event.shiftKey)}
      readOnly
      aria-label={texts.taskList.selectOne(task.title)}
      data-select
      className={classes.select}
      wrapperProps={{ 'data-shown': selection.isOn || undefined }}
    />
  );
}

/** What a row shows: tick it, read it, open it. A step among its own needs not be called one. */
export function TaskRowBody(props: { task: Task; now: Date; selection?: RowSelection; isStep?: boolean }) {
  const { task, now, selection, isStep } = props;
  return (
    <>
      <TaskTick task={task} className={classes.tick} />
      <div className={classes.body}>
        <Group gap={8} wrap="nowrap">
          <TaskLink task={task} className={classes.title} />
          {task.status === 'in-progress' && (
            <Badge variant="light" size="sm" tt="none" style={{ flexShrink: 0 }}>
              {t.status['in-progress']}
            </Badge>
          )}
        </Group>
        <TaskFacts task={task} now={now} isStep={isStep} />
      </div>
      {selection && <SelectBox task={task} selection={selection} />}
    </>
  );
}

/** One task in a list. */
export function TaskRow({ task, now }: { task: Task; now: Date }) {
  return (
    <li className={classes.row} data-done={task.status === 'completed' || undefined}>
      <TaskRowBody task={task} now={now} />
    </li>
  );
}

/** Rows in one card. */
export function TaskRows({ tasks, now, label }: { tasks: readonly Task[]; now: Date; label: string }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} now={now} />
      ))}
    </ul>
  );
}
