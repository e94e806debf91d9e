import { Text } from '@mantine/core';
import {
  IconBell,
  IconClock,
  IconCornerDownRight,
  IconFlag,
  IconHourglass,
  IconPaperclip,
  IconRepeat,
  IconTag,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { type Clock, dayWords, durationWords, exactTime, momentWords } from '../../shared/time.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { repeatWords } from './repeat-words.ts';
import classes from './task-facts.module.css';

const t = texts.tasks;
const ICON = { size: 14, stroke: 1.75, 'aria-hidden': true } as const;

/** Whether an open task is past its due instant or day. */
export function isLate(task: Task, clock: Clock, now: Date): boolean {
  if (task.status === 'completed') return false;
  if (task.dueDate) return new Date(task.dueDate) < now;
  return task.dueDay !== null && task.dueDay < dayOf(now, clock.zone);
}

function Fact(props: { icon?: ReactNode; children: ReactNode; late?: boolean; title?: string }) {
  return (
    <span className={classes.fact} data-late={props.late || undefined} title={props.title}>
      {props.icon}
      {props.children}
    </span>
  );
}

/** When a task is due, and that it is late. */
export function DueFact({ task, now, bare }: { task: Task; now: Date; bare?: boolean }) {
  const clock = useClock();
  if (!task.dueDate && !task.dueDay) return null;
  const late = isLate(task, clock, now);
  return (
    <Fact
      icon={bare ? undefined : <IconClock {...ICON} />}
      late={late}
      title={task.dueDate ? exactTime(task.dueDate, clock) : undefined}
    >
      <span className="capital">
        {task.dueDate ? momentWords(task.dueDate, clock, now) : dayWords(task.dueDay ?? '', clock, now)}
        {late && `, ${t.overdue}`}
      </span>
    </Fact>
  );
}

/** What is worth knowing of a task at a glance, beyond its title. */
export function TaskFacts({ task, now, isStep }: { task: Task; now: Date; isStep?: boolean }) {
  const clock = useClock();
  const waiting = task.reminders.filter((reminder) => reminder.status === 'pending').length;
  const files = task.attachments.length;
  return (
    <div className={classes.facts}>
      {task.parentId !== null && !isStep && (
        <Fact icon={<IconCornerDownRight {...ICON} />}>{texts.taskList.subtask}</Fact>
      )}
      <DueFact task={task} now={now} />
      {task.recurrence && (
        <Fact icon={<IconRepeat {...ICON} />}>
          <span className="capital">{repeatWords(task.recurrence.rrule, clock)}</span>
        </Fact>
      )}
      {task.priority !== 'medium' && <Fact icon={<IconFlag {...ICON} />}>{t.priorityOf[task.priority]}</Fact>}
      {task.estimateMinutes !== null && (
        <Fact icon={<IconHourglass {...ICON} />}>{durationWords(task.estimateMinutes)}</Fact>
      )}
      {waiting > 0 && <Fact icon={<IconBell {...ICON} />}>{t.remindersShort(waiting)}</Fact>}
      {files > 0 && <Fact icon={<IconPaperclip {...ICON} />}>{t.filesShort(files)}</Fact>}
      {task.category && (
        <Text inherit component="span" className="break-words">
          {task.category}
        </Text>
      )}
      {task.labels.map((label) => (
        <Fact key={label} icon={<IconTag {...ICON} />}>
          {label}
        </Fact>
      ))}
    </div>
  );
}
