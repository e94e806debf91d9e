import { Badge, Checkbox, Group, Text } from '@mantine/core';
import { IconBell, IconClock, IconFlag, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Task } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { type Clock, dayWords, durationWords, exactTime, momentWords } from '../../shared/time.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { useCompletion } from './task-data.ts';
import classes from './task-row.module.css';

const t = texts.tasks;

/** Whether an open task is past its due instant or day. */
function isLate(task: Task, clock: Clock, now: Date): boolean {
  if (task.status === 'completed') return false;
  if (task.dueDate) return new Date(task.dueDate) < now;
  return task.dueDay !== null && task.dueDay < dayOf(now, clock.zone);
}

function Fact(props: { icon: ReactNode; children: ReactNode; late?: boolean; title?: string }) {
  return (
    <span className={classes.fact} data-late={props.late || undefined} title={props.title}>
      {props.icon}
      {props.children}
    </span>
  );
}

function Facts({ task, now }: { task: Task; now: Date }) {
  const clock = useClock();
  const late = isLate(task, clock, now);
  const waiting = task.reminders.filter((reminder) => reminder.status === 'pending').length;
  const icon = { size: 14, stroke: 1.75, 'aria-hidden': true } as const;
  return (
    <div className={classes.facts}>
      {(task.dueDate || task.dueDay) && (
        <Fact
          icon={<IconClock {...icon} />}
          late={late}
          title={task.dueDate ? exactTime(task.dueDate, clock) : undefined}
        >
          {task.dueDate ? momentWords(task.dueDate, clock, now) : dayWords(task.dueDay ?? '', clock, now)}
          {late && `, ${t.overdue}`}
        </Fact>
      )}
      {task.priority !== 'medium' && <Fact icon={<IconFlag {...icon} />}>{t.priorityOf[task.priority]}</Fact>}
      {task.estimateMinutes !== null && (
        <Fact icon={<IconHourglass {...icon} />}>{durationWords(task.estimateMinutes)}</Fact>
      )}
      {waiting > 0 && <Fact icon={<IconBell {...icon} />}>{t.remindersShort(waiting)}</Fact>}
      {task.category && (
        <Text inherit component="span">
          {task.category}
        </Text>
      )}
    </div>
  );
}

/** One task in a list: tick it, read it, open it. */
export function TaskRow({ task, now }: { task: Task; now: Date }) {
  const completion = useCompletion();
  const done = task.status === 'completed';
  return (
    <li className={classes.row} data-done={done || undefined}>
      <Checkbox
        checked={done}
        onChange={() => completion.mutate({ task, completed: !done })}
        aria-label={done ? t.reopen(task.title) : t.complete(task.title)}
        radius="xl"
        size="md"
        className={classes.tick}
      />
      <div className={classes.body}>
        <Group gap={8} wrap="nowrap">
          <LinkAnchor
            to="/tasks/$taskId"
            params={{ taskId: task.id }}
            underline="never"
            className={classes.title}
          >
            {task.title}
          </LinkAnchor>
          {task.status === 'in-progress' && (
            <Badge variant="light" size="sm" tt="none" style={{ flexShrink: 0 }}>
              {t.status['in-progress']}
            </Badge>
          )}
        </Group>
        <Facts task={task} now={now} />
      </div>
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
