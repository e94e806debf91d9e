import { Button, CloseButton, Group, Paper, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { texts } from '../../shared/texts.ts';
import classes from './bulk-bar.module.css';
import { type BulkChange, useBulk } from './bulk-data.ts';
import type { Selection } from './use-selection.ts';

const t = texts.bulk;
const BulkDialog = lazy(() => import('./bulk-dialog.tsx').then((module) => ({ default: module.BulkDialog })));

/** What can be done with the chosen tasks. `loadAll` brings the rest of the list and gives all its ids. */
export function BulkBar({ selection, loadAll }: { selection: Selection; loadAll: () => Promise<string[]> }) {
  const bulk = useBulk();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [isLoadingAll, setLoadingAll] = useState(false);
  const { tasks } = selection;
  if (tasks.length === 0) return null;
  const run = (change: BulkChange) =>
    bulk.mutate(
      { tasks, change },
      {
        onSuccess: () => {
          selection.clear();
          close();
        },
      },
    );
  const selectAll = async () => {
    setLoadingAll(true);
    selection.set(await loadAll());
    setLoadingAll(false);
  };
  return (
    <Paper className={classes.bar} role="toolbar" aria-label={t.bar} shadow="md">
      <Group gap={6} wrap="nowrap">
        <CloseButton aria-label={t.none} onClick={selection.clear} />
        <Text size="sm" fw={600} role="status" style={{ whiteSpace: 'nowrap' }}>
          {t.selected(tasks.length)}
        </Text>
        <Button size="compact-sm" variant="subtle" loading={isLoadingAll} onClick={() => void selectAll()}>
          {t.all}
        </Button>
      </Group>
      <Group gap={6} wrap="nowrap">
        <Button
          size="xs"
          loading={bulk.isPending}
          leftSection={<IconCheck size={16} aria-hidden />}
          onClick={() => run({ action: 'complete' })}
        >
          {t.complete}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={bulk.isPending}
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={open}
        >
          {t.change}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={bulk.isPending}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => run({ action: 'delete' })}
        >
          {t.delete}
        </Button>
      </Group>
      <Suspense>
        {isOpen && (
          <BulkDialog
            count={tasks.length}
            busy={bulk.isPending}
            error={bulk.error}
            onClose={close}
            onApply={(patch) => run({ action: 'patch', patch })}
          />
        )}
      </Suspense>
    </Paper>
  );
}
