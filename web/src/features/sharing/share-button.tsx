import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { texts } from '../../shared/texts.ts';
import { IconAction } from '../tasks/task-actions.tsx';
import type { ShareKind } from './share-data.ts';

const t = texts.sharing;

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then((module) => ({ default: module.ShareDialog })),
);

interface ShareButtonProps {
  kind: ShareKind;
  of: { id: string; title: string };
  isPrivate?: boolean;
  /** Where there is little room. */
  isIcon?: boolean;
}

/** Opens who a document or a task is shared with. */
export function ShareButton({ isIcon, ...props }: ShareButtonProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      {isIcon ? (
        <IconAction label={t.share} onClick={open}>
          <IconUserPlus size={18} stroke={1.75} aria-hidden />
        </IconAction>
      ) : (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconUserPlus size={16} aria-hidden />}
          onClick={open}
        >
          {t.share}
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <ShareDialog {...props} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
