import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from '../../shared/texts.ts';

const t = texts.task;

/** The task moved on while it was edited: nothing is overwritten without a choice. */
export function ConflictNotice({ onChoose }: { onChoose: (keepTyped: boolean) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const choose = async (keepTyped: boolean) => {
    setBusy(true);
    await onChoose(keepTyped);
    setBusy(false);
  };
  return (
    <Alert color="clay" icon={<IconArrowsDiff size={20} />} title={t.conflictTitle} role="alert">
      <Stack gap="sm">
        <Text size="sm">{t.conflictText}</Text>
        <Group gap="xs">
          <Button size="xs" loading={busy} onClick={() => choose(true)}>
            {t.conflictKeep}
          </Button>
          <Button size="xs" variant="default" disabled={busy} onClick={() => choose(false)}>
            {t.conflictDrop}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
