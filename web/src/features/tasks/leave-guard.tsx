import { Button, Group, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';

const t = texts.task;

/** Asks before a page with unsaved changes is left; closing the tab asks too (the browser's own words). */
export function LeaveGuard({ active }: { active: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: () => active,
    enableBeforeUnload: active,
    withResolver: true,
  });
  return (
    <Dialog opened={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={t.leaveTitle}>
      <Text size="sm">{t.leaveText}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t.leave}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t.stay}
        </Button>
      </Group>
    </Dialog>
  );
}
