import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { texts } from '../../shared/texts.ts';
import { DiffOf } from './diff-view.tsx';
import type { DocumentForm } from './use-document-form.ts';

const t = texts.documents;

/** The document moved on while it was edited: shows how, and overwrites nothing without a choice. */
export function ConflictChoice({ docId, editing }: { docId: string; editing: DocumentForm }) {
  const { conflict, base } = editing;
  if (conflict === null) return null;
  return (
    <Alert color="clay" icon={<IconArrowsDiff size={20} />} title={texts.task.conflictTitle} role="alert">
      <Stack gap="sm">
        <Text size="sm">{t.conflictText}</Text>
        <section aria-label={t.theirChanges}>
          <Text size="sm" fw={600} mb={4}>
            {t.theirChanges}
          </Text>
          <DiffOf docId={docId} from={base.version} to={conflict.version} />
        </section>
        <Group gap="xs">
          <Button size="xs" onClick={() => editing.settle(true)}>
            {t.conflictKeep}
          </Button>
          <Button size="xs" variant="default" onClick={() => editing.settle(false)}>
            {t.conflictDrop}
          </Button>
          <Text size="xs" c="dimmed">
            {t.conflictHint}
          </Text>
        </Group>
      </Stack>
    </Alert>
  );
}
