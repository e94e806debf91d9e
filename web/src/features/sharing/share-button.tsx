import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { texts } from '../../shared/texts.ts';
import type { ShareKind } from './share-data.ts';

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then((module) => ({ default: module.ShareDialog })),
);

interface ShareButtonProps {
  kind: ShareKind;
  of: { id: string; title: string };
  isPrivate?: boolean;
}

/** Opens who a document or a task is shared with. */
export function ShareButton(props: ShareButtonProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
        {texts.sharing.share}
      </Button>
      {isOpen && (
        <Suspense>
          <ShareDialog {...props} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
