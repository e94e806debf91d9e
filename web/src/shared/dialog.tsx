import { CloseButton, Group, Modal, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { texts } from './texts.ts';

interface DialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Only its buttons close it: for a question that must be answered. */
  insistent?: boolean;
  zIndex?: number;
}

/** Mantine gives the focus back when `opened` turns false; a dialog that is simply taken away gives it back here. */
function useFocusBack(opened: boolean): void {
  useEffect(() => {
    const before = document.activeElement;
    if (!opened || !(before instanceof HTMLElement)) return;
    return () => {
      if (document.activeElement === document.body) before.focus({ preventScroll: true });
    };
  }, [opened]);
}

/**
 * A modal with its title inside. Mantine's own head is a `<header>`, which would be a second banner landmark next to
 * the app's.
 */
export function Dialog({ title, opened, onClose, children, insistent, zIndex }: DialogProps) {
  useFocusBack(opened);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      centered
      zIndex={zIndex}
      closeOnClickOutside={!insistent}
      closeOnEscape={!insistent}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content radius="lg" aria-label={title}>
        <Modal.Body p="lg">
          <Group justify="space-between" wrap="nowrap" mb="xs" align="flex-start">
            <Title order={2}>{title}</Title>
            <CloseButton aria-label={texts.app.close} onClick={onClose} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
