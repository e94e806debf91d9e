import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { messageOf } from './problem.ts';
import { texts } from './texts.ts';
import { offerUndo } from './undo.ts';

const UNDO_MS = 8_000;
/** As many toasts as fit at once. */
const MOST_UNDOS = 3;
const CLOSABLE = { closeButtonProps: { 'aria-label': texts.app.close } };

let nextUndo = 0;
let shownUndos: string[] = [];

export function toastDone(message: string): void {
  notifications.show({ ...CLOSABLE, message });
}

/** Says that something failed; what was shown in advance has been taken back by the caller. */
export function toastFailed(title: string, error: unknown): void {
  notifications.show({ ...CLOSABLE, title, message: messageOf(error), color: 'red' });
}

/** Says what was done, with a button that takes it back; Ctrl Z does too, also when the toast is gone. */
export function toastUndo(message: string, undo: () => Promise<boolean>): void {
  const id = `undo-${nextUndo++}`;
  const takeBack = offerUndo(async () => {
    notifications.hide(id);
    if (await undo()) notifications.show({ ...CLOSABLE, title: texts.tasks.undone, message });
  });
  // One more would wait for its turn and tell of things long past.
  while (shownUndos.length >= MOST_UNDOS) notifications.hide(shownUndos.shift() ?? '');
  shownUndos.push(id);
  notifications.show({
    ...CLOSABLE,
    id,
    autoClose: UNDO_MS,
    onClose: () => {
      shownUndos = shownUndos.filter((other) => other !== id);
    },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" className="break-words" lineClamp={2}>
          {message}
        </Text>
        <Button
          size="compact-sm"
          variant="light"
          aria-keyshortcuts="Control+Z Meta+Z"
          onClick={takeBack}
          style={{ flexShrink: 0 }}
        >
          {texts.tasks.undo}
        </Button>
      </Group>
    ),
  });
}
