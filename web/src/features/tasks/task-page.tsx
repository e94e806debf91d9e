import { Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Task } from '../../shared/api.ts';
import { LinkAnchor, LinkButton } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Problem } from '../../shared/problem.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { AttachmentsPanel } from '../attachments/attachments-panel.tsx';
import { RemindersPanel } from '../reminders/reminders-panel.tsx';
import { AddToReviews } from '../reviews/add-to-reviews.tsx';
import { SubtasksPanel } from '../subtasks/subtasks-panel.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { taskQuery } from './task-data.ts';
import { TaskFields } from './task-form.tsx';
import { TaskHead } from './task-head.tsx';
import classes from './task-page.module.css';
import { useTaskForm } from './use-task-form.ts';

const t = texts.task;
const route = getRouteApi('/app/tasks/$taskId');

/** Not there, not mine, or not even an id: all the same to the person. */
function isMissing(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 400);
}

export function TaskPage() {
  const { taskId } = route.useParams();
  const task = useQuery(taskQuery(taskId));
  return (
    <Page wide>
      <Group>
        <LinkAnchor
          to="/tasks"
          c="dimmed"
          size="sm"
          style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}
        >
          <IconArrowLeft size={16} aria-hidden />
          {t.back}
        </LinkAnchor>
      </Group>
      {task.isPending && <RowsSkeleton rows={5} height={64} />}
      {task.isError && !task.data && isMissing(task.error) && <Missing />}
      {task.isError && !task.data && !isMissing(task.error) && (
        <LoadFailed error={task.error} onRetry={() => void task.refetch()} />
      )}
      {task.data && <TaskView key={task.data.id} task={task.data} />}
    </Page>
  );
}

function Missing() {
  return (
    <Stack align="flex-start" py={40}>
      <Text c="dimmed" component="span" lh={0}>
        <IconFileOff size={36} stroke={1.5} aria-hidden />
      </Text>
      <PageTitle documentTitle={t.missingTitle}>{t.missingTitle}</PageTitle>
      <Text c="dimmed">{t.missingText}</Text>
      <LinkButton to="/tasks" variant="default">
        {t.back}
      </LinkButton>
    </Stack>
  );
}

function TaskView({ task }: { task: Task }) {
  const editing = useTaskForm(task);
  return (
    <>
      <TaskHead task={task} />
      <div className={classes.columns}>
        <Stack gap="lg">
          <TaskFields task={task} editing={editing} />
          {task.parentId === null && <SubtasksPanel task={task} />}
        </Stack>
        <Stack gap="lg">
          <RemindersPanel task={task} />
          <AttachmentsPanel task={task} />
          <AddToReviews task={task} />
        </Stack>
      </div>
      <LeaveGuard active={editing.isDirty} />
    </>
  );
}
