import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { messageOf } from './problem.ts';
import { texts } from './texts.ts';

const UNDO_MS = 8_000;

export function toastDone(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': texts.app.close } });
}

/** Says that something failed; what was shown in advance has been taken back by the caller. */
export function toastFailed(title: string, error: unknown): void {
  notifications.show({
    title,
    message: messageOf(error),
    color: 'red',
    closeButtonProps: { 'aria-label': texts.app.close },
  });
}

/** Says what was done, with a button that takes it back. */
export function toastUndo(message: string, undo: () => void): void {
  const id = `undo-${Date.now()}`;
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: UNDO_MS,
    closeButtonProps: { 'aria-label': texts.app.close },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" className="break-words" lineClamp={2}>
          {message}
        </Text>
        <Button size="compact-sm" variant="light" onClick={takeBack} style={{ flexShrink: 0 }}>
          {texts.tasks.undo}
        </Button>
      </Group>
    ),
  });
}
