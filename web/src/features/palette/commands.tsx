import { ActionIcon } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { texts } from '../../shared/texts.ts';
import { useShortcuts } from './use-shortcuts.ts';

const loadPalette = () => import('./palette.tsx');
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const ShortcutsSheet = lazy(() =>
  import('./shortcuts-sheet.tsx').then((module) => ({ default: module.ShortcutsSheet })),
);

/** The keys of the app, and a button for those who have none; what they open is loaded when it is opened. */
export function Commands() {
  const [shown, setShown] = useState<'palette' | 'help' | null>(null);
  const close = () => setShown(null);
  const help = () => setShown('help');
  useShortcuts({
    isOpening: shown !== null,
    onPalette: () => setShown('palette'),
    onHelp: help,
    onNew: () => {
      const field = document.querySelector<HTMLInputElement>('[data-quick-add]');
      if (field === null) setShown('palette');
      else field.focus();
    },
  });
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="inherit"
        size={40}
        radius="xl"
        aria-label={texts.palette.open}
        title={texts.palette.open}
        onPointerEnter={loadPalette}
        onClick={() => setShown('palette')}
      >
        <IconSearch size={22} stroke={1.75} aria-hidden />
      </ActionIcon>
      <Suspense>
        {shown === 'palette' && (
          <Palette onClose={() => setShown((was) => (was === 'palette' ? null : was))} onHelp={help} />
        )}
        {shown === 'help' && <ShortcutsSheet onClose={close} />}
      </Suspense>
    </>
  );
}
