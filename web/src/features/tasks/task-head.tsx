import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconRotate, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Task } from '../../shared/api.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { useCompletion, useDeleteTask } from './task-data.ts';

const t = texts.task;

/** The task's name and what can be done with it as a whole. */
export function TaskHead({ task }: { task: Task }) {
  const clock = useClock();
  const now = useNow();
  const completion = useCompletion();
  const remove = useDeleteTask();
  const navigate = useNavigate();
  const done = task.status === 'completed';
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} flex="1 1 260px">
        <PageTitle documentTitle={task.title}>{task.title}</PageTitle>
        {done && task.completedAt && (
          <Text c="dimmed" size="sm">
            {t.completedAt(momentWords(task.completedAt, clock, now))}
          </Text>
        )}
      </Stack>
      <Group gap="xs">
        <Button
          variant={done ? 'default' : 'light'}
          leftSection={done ? <IconRotate size={18} aria-hidden /> : <IconCheck size={18} aria-hidden />}
          loading={completion.isPending}
          onClick={() => completion.mutate({ task, completed: !done })}
        >
          {done ? t.reopen : t.complete}
        </Button>
        <Tooltip label={t.delete}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t.delete}
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(task, { onSuccess: () => navigate({ to: '/tasks', ignoreBlocker: true }) })
            }
          >
            <IconTrash size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
}
