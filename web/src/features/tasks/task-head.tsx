import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconRotate, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Task } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { useCompletion, useDeleteTask } from './task-data.ts';

const t = texts.task;

/** The task's name and what can be done with it as a whole. */
export function TaskHead({ task }: { task: Task }) {
  const clock = useClock();
  const now = useNow();
  const completion = useCompletion();
  const [asking, { open, close }] = useDisclosure(false);
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
          <ActionIcon variant="default" size={36} aria-label={t.delete} onClick={open}>
            <IconTrash size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      <DeleteDialog task={task} opened={asking} onClose={close} />
    </Group>
  );
}

function DeleteDialog({ task, opened, onClose }: { task: Task; opened: boolean; onClose: () => void }) {
  const remove = useDeleteTask(task.id);
  const navigate = useNavigate();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toastDone(t.deleted(task.title));
        void navigate({ to: '/tasks', ignoreBlocker: true });
      },
    });
  return (
    <Dialog opened={opened} onClose={onClose} title={t.deleteTitle}>
      <Stack>
        <FormProblem
          title={texts.tasks.completeFailed(task.title)}
          message={remove.isError ? messageOf(remove.error) : null}
        />
        <Text size="sm" className="break-words">
          {t.deleteText(task.title)}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {texts.app.cancel}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            {t.delete}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
