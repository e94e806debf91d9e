import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Task } from '../../shared/api.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { taskListQuery, tasksOf, useCreateTask } from '../tasks/task-data.ts';
import { TaskRowBody } from '../tasks/task-row.tsx';
import classes from './subtasks-panel.module.css';
import { useMove } from './use-move.ts';

const t = texts.taskView.subtasks;
const MAX_SHOWN = 100;

/** The steps of a task, in their own order. */
export function SubtasksPanel({ task }: { task: Task }) {
  const query = { parentId: task.id, sort: 'position' as const };
  const list = useInfiniteQuery(taskListQuery(query, MAX_SHOWN));
  const steps = tasksOf(list.data);
  const done = steps.filter(({ status }) => status === 'completed').length;
  return (
    <Paper p="lg" component="section" aria-labelledby="subtasks-title">
      <Stack>
        <Group justify="space-between">
          <Title order={2} id="subtasks-title">
            {t.title}
          </Title>
          {steps.length > 0 && (
            <Text size="sm" c="dimmed">
              {t.progress(done, steps.length)}
            </Text>
          )}
        </Group>
        {list.data && steps.length === 0 && (
          <Text c="dimmed" size="sm">
            {t.empty}
          </Text>
        )}
        {steps.length > 0 && <Steps steps={steps} />}
        <AddStep parentId={task.id} />
      </Stack>
    </Paper>
  );
}

function Steps({ steps }: { steps: readonly Task[] }) {
  const now = useNow();
  const move = useMove();
  return (
    <ul className={classes.list} aria-label={t.list}>
      {steps.map((step, index) => {
        const [before, after] = [steps[index - 1], steps[index + 1]];
        return (
          <li key={step.id} className={classes.step} data-done={step.status === 'completed' || undefined}>
            <TaskRowBody task={step} now={now} isStep />
            <ActionIcon
              variant="subtle"
              color="gray"
              className={classes.move}
              disabled={!before}
              aria-label={t.up(step.title)}
              onClick={() => before && move.mutate({ task: step, body: { before: before.id } })}
            >
              <IconArrowUp size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              className={classes.move}
              disabled={!after}
              aria-label={t.down(step.title)}
              onClick={() => after && move.mutate({ task: step, body: { after: after.id } })}
            >
              <IconArrowDown size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}

function AddStep({ parentId }: { parentId: string }) {
  const create = useCreateTask();
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '' || create.isPending) return;
    create.mutate({ title: title.trim(), parentId }, { onSuccess: () => setTitle('') });
  };
  return (
    <form onSubmit={submit} noValidate>
      <FormProblem title={t.failed} message={create.isError ? messageOf(create.error) : null} />
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={t.add}
          placeholder={t.placeholder}
          maxLength={200}
          autoComplete="off"
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button type="submit" variant="light" loading={create.isPending}>
          {t.button}
        </Button>
      </Group>
      <LeaveGuard active={title.trim() !== ''} />
    </form>
  );
}
