import { Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconFileOff } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Task } from '../../shared/api.ts';
import { LinkAnchor, LinkButton } from '../../shared/links.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { isMine, mayChange } from './task-access.ts';
import { CompleteButton, DeleteButton } from './task-actions.tsx';
import { CompletedAt, TaskPanels } from './task-panels.tsx';
import { useOneTask } from './use-one-task.ts';

const t = texts.task;
const route = getRouteApi('/app/tasks/$taskId');

/** A task as a page of its own: where there is no room for a drawer. */
export function TaskPage() {
  const { taskId } = route.useParams();
  const { task, isMissing, error, retry } = useOneTask(taskId);
  return (
    <Page wide>
      <Group>
        <LinkAnchor
          to="/tasks"
          search={true}
          c="dimmed"
          size="sm"
          style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}
        >
          <IconArrowLeft size={16} aria-hidden />
          {t.back}
        </LinkAnchor>
      </Group>
      {!task && error === null && <RowsSkeleton rows={5} height={64} />}
      {isMissing && <Missing />}
      {error !== null && !isMissing && <LoadFailed error={error} onRetry={retry} />}
      {task && <Head task={task} />}
      {task && <TaskPanels key={task.id} task={task} />}
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

/** The task's name and what can be done with it as a whole. */
function Head({ task }: { task: Task }) {
  const navigate = useNavigate();
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} flex="1 1 260px">
        <PageTitle documentTitle={task.title}>{task.title}</PageTitle>
        <CompletedAt task={task} />
      </Stack>
      <Group gap="xs">
        {mayChange(task) && <CompleteButton task={task} />}
        {isMine(task) && (
          <>
            <ShareButton kind="task" of={task} />
            <DeleteButton
              task={task}
              onGone={() => void navigate({ to: '/tasks', search: true, ignoreBlocker: true })}
            />
          </>
        )}
      </Group>
    </Group>
  );
}
