import { CloseButton, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { useOpenTask } from './open-task.ts';
import { isMine, mayChange } from './task-access.ts';
import { CompleteButton, DeleteButton, IconAction } from './task-actions.tsx';
import classes from './task-drawer.module.css';
import { focusTaskOnPage, useNeighbours } from './task-neighbours.ts';
import { CompletedAt, TaskPanels } from './task-panels.tsx';
import { useDrawerKeys } from './use-drawer-keys.ts';
import { useOneTask } from './use-one-task.ts';

const t = texts.task;
const WIDTH_PX = 620;

/** A task over the page it was opened from, which stays as it was scrolled and filtered. */
export function TaskDrawer() {
  const { taskId, close, ...ways } = useOpenTask();
  // What slides out still shows the task it was about.
  const [shownId, setShownId] = useState(taskId);
  if (taskId !== undefined && taskId !== shownId) setShownId(taskId);
  const heir = useRef<string>(undefined);
  const isOpen = useSlide(taskId, heir);
  if (shownId === undefined) return null;
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={close}
      position="right"
      size={WIDTH_PX}
      closeOnEscape={false}
      returnFocus={false}
    >
      <Drawer.Overlay backgroundOpacity={0.3} />
      <Drawer.Content>
        <OpenTask {...ways} close={close} taskId={shownId} isOpen={isOpen} heir={heir} />
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Whether the drawer is out: a moment after there is a task, so that the first one slides in too. */
function useSlide(taskId: string | undefined, heir: RefObject<string | undefined>): boolean {
  const [isOut, setOut] = useState(false);
  const opener = useRef<HTMLElement | null>(null);
  const latest = useRef(taskId);
  useEffect(() => {
    if (taskId === undefined) {
      if (latest.current !== undefined) focusTaskOnPage(latest.current, opener.current, heir.current);
    } else if (!isOut) opener.current = document.activeElement as HTMLElement | null;
    latest.current = taskId;
    setOut(taskId !== undefined);
  }, [taskId, isOut, heir]);
  return isOut;
}

type OpenTaskProps = Omit<ReturnType<typeof useOpenTask>, 'taskId'> & {
  taskId: string;
  isOpen: boolean;
  /** The task that has the focus after this one is gone. */
  heir: RefObject<string | undefined>;
};

function OpenTask({ taskId, isOpen, heir, change, close, leaveDeleted }: OpenTaskProps) {
  const { task, error, isMissing, retry } = useOneTask(taskId, isOpen);
  const { previous, next } = useNeighbours(taskId);
  heir.current = next ?? previous;
  const body = useRef<HTMLDivElement>(null);
  const goTo = (id: string | undefined) => id !== undefined && change(id);
  useDrawerKeys(body, {
    isOn: isOpen,
    onClose: close,
    onPrevious: () => goTo(previous),
    onNext: () => goTo(next),
  });
  return (
    <div ref={body} className={classes.body}>
      <div className={classes.bar}>
        {task && mayChange(task) && <CompleteButton task={task} />}
        <Group gap="xs" ml="auto" wrap="nowrap">
          <IconAction label={t.previous} isOff={previous === undefined} onClick={() => goTo(previous)}>
            <IconChevronUp size={18} stroke={1.75} aria-hidden />
          </IconAction>
          <IconAction label={t.next} isOff={next === undefined} onClick={() => goTo(next)}>
            <IconChevronDown size={18} stroke={1.75} aria-hidden />
          </IconAction>
          {task && isMine(task) && <ShareButton kind="task" of={task} isIcon />}
          {task && isMine(task) && <DeleteButton task={task} onGone={leaveDeleted} />}
          <CloseButton size="lg" aria-label={texts.app.close} onClick={close} />
        </Group>
      </div>
      <Stack p="lg" gap="lg">
        <Stack gap={2}>
          <Name taskId={taskId}>{task?.title ?? (isMissing ? t.missingTitle : texts.app.loading)}</Name>
          {task && <CompletedAt task={task} />}
        </Stack>
        {!task && error === null && <RowsSkeleton rows={5} height={64} />}
        {isMissing && <Text c="dimmed">{t.missingText}</Text>}
        {error !== null && !isMissing && <LoadFailed error={error} onRetry={retry} />}
        {task && <TaskPanels key={task.id} task={task} isLeft={!isOpen} />}
      </Stack>
    </div>
  );
}

/** What the drawer and, while it is open, the document are called. It takes the focus, also from task to task. */
function Name({ taskId, children }: { taskId: string; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task is the reason
  useEffect(() => {
    heading.current?.focus();
  }, [taskId]);
  useEffect(() => {
    const before = document.title;
    const title = texts.app.title(children);
    document.title = title;
    return () => {
      if (document.title === title) document.title = before;
    };
  }, [children]);
  return (
    <Drawer.Title ref={heading} tabIndex={-1} data-autofocus className={`${classes.title} break-words`}>
      {children}
    </Drawer.Title>
  );
}
