import { Button, Group, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useContext, useEffect, useState } from 'react';
import { CloseGuards, Dialog } from './dialog.tsx';
import { texts } from './texts.ts';

const t = texts.app;

/** How to go on with closing the dialog this stands in, while the person is asked. */
function useClosing(active: boolean) {
  const guards = useContext(CloseGuards);
  const [close, setClose] = useState<(() => void) | null>(null);
  useEffect(() => {
    if (!active || guards === null) return;
    const guard = (goOn: () => void) => setClose(() => goOn);
    guards.add(guard);
    return () => void guards.delete(guard);
  }, [active, guards]);
  return { close, stay: () => setClose(null) };
}

/**
 * Asks before what is not saved is left: the page, by a link or the browser's back; the dialog it is typed in, by
 * Escape, its cross or a click beside it. Closing the tab asks too (the browser's own words). A button that says
 * "Cancel" means it.
 */
export function LeaveGuard({ active }: { active: boolean }) {
  const closing = useClosing(active);
  const blocker = useBlocker({
    shouldBlockFn: () => active,
    enableBeforeUnload: active,
    withResolver: true,
  });
  const stay = () => {
    closing.stay();
    blocker.reset?.();
  };
  const leave = () => {
    closing.stay();
    blocker.proceed?.();
    closing.close?.();
  };
  const isAsked = blocker.status === 'blocked' || closing.close !== null;
  return (
    <Dialog opened={isAsked} onClose={stay} title={t.leaveTitle}>
      <Text size="sm">{t.leaveText}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={leave}>
          {t.leave}
        </Button>
        <Button data-autofocus onClick={stay}>
          {t.stay}
        </Button>
      </Group>
    </Dialog>
  );
}
