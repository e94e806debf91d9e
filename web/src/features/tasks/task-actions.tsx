import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconRotate, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { useCompletion, useDeleteTask } from './task-data.ts';

const t = texts.task;

export function CompleteButton({ task }: { task: Task }) {
  const completion = useCompletion();
  const done = task.status === 'completed';
  return (
    <Button
      variant={done ? 'default' : 'light'}
      leftSection={done ? <IconRotate size={18} aria-hidden /> : <IconCheck size={18} aria-hidden />}
      // Shown at once, so it need not wait: a button that is switched off would lose the focus.
      onClick={() => !completion.isPending && completion.mutate({ task, completed: !done })}
    >
      {done ? t.reopen : t.complete}
    </Button>
  );
}

/** Puts the task in the bin; an undo is offered, so it does not ask. */
export function DeleteButton({ task, onGone }: { task: Task; onGone: () => void }) {
  const remove = useDeleteTask();
  return (
    <IconAction
      label={t.delete}
      isBusy={remove.isPending}
      onClick={() => remove.mutate(task, { onSuccess: onGone })}
    >
      <IconTrash size={18} stroke={1.75} aria-hidden />
    </IconAction>
  );
}

/** A button that is only a picture; its name shows on hover and focus. */
export function IconAction(props: {
  label: string;
  onClick: () => void;
  children: ReactNode;
  isBusy?: boolean;
  isOff?: boolean;
}) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={props.label}
        loading={props.isBusy}
        disabled={props.isOff}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
