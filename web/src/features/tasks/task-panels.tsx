import { Stack, Text } from '@mantine/core';
import type { Task } from '../../shared/api.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { AttachmentsPanel } from '../attachments/attachments-panel.tsx';
import { useClock } from '../auth/account.ts';
import { RemindersPanel } from '../reminders/reminders-panel.tsx';
import { AddToReviews } from '../reviews/add-to-reviews.tsx';
import { SubtasksPanel } from '../subtasks/subtasks-panel.tsx';
import { isMine } from './task-access.ts';
import { TaskFields } from './task-form.tsx';
import classes from './task-panels.module.css';
import { useTaskForm } from './use-task-form.ts';

/** When a task was completed, for under its name. */
export function CompletedAt({ task }: { task: Task }) {
  const clock = useClock();
  const now = useNow();
  if (task.status !== 'completed' || !task.completedAt) return null;
  return (
    <Text c="dimmed" size="sm">
      {texts.task.completedAt(momentWords(task.completedAt, clock, now))}
    </Text>
  );
}

/** Everything of a task below its name, in two columns where there is room. What is typed is not left unasked. */
export function TaskPanels({ task, isLeft = false }: { task: Task; isLeft?: boolean }) {
  const editing = useTaskForm(task);
  return (
    <div className={classes.frame}>
      <div className={classes.columns}>
        <Stack gap="lg">
          {task.access !== undefined && <Text c="dimmed">{texts.sharing.task[task.access]}</Text>}
          <TaskFields task={task} editing={editing} />
          {task.parentId === null && <SubtasksPanel task={task} />}
        </Stack>
        <Stack gap="lg">
          {isMine(task) && <RemindersPanel task={task} />}
          <AttachmentsPanel task={task} />
          {isMine(task) && <AddToReviews task={task} />}
        </Stack>
      </div>
      <LeaveGuard active={editing.isDirty && !isLeft} />
    </div>
  );
}
