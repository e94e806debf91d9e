import { CloseButton, Group, Modal, Title } from '@mantine/core';
import { createContext, type ReactNode, useEffect, useRef, useState } from 'react';
import { useEscape } from './escape.ts';
import { texts } from './texts.ts';

/** Each is asked before the dialog around it closes, and gets how to go on. */
export const CloseGuards = createContext<Set<(goOn: () => void) => void> | null>(null);

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
 * the app's. What is typed in it and not saved is guarded by a `LeaveGuard`.
 */
export function Dialog({ title, opened, onClose, children, insistent, zIndex }: DialogProps) {
  useFocusBack(opened);
  const [guards] = useState(() => new Set<(goOn: () => void) => void>());
  const close = () => {
    const [guard] = guards;
    if (guard) guard(onClose);
    else onClose();
  };
  const content = useRef<HTMLDivElement>(null);
  useEscape(content, opened && !insistent ? close : undefined);
  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      centered
      zIndex={zIndex}
      closeOnClickOutside={!insistent}
      closeOnEscape={false}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content ref={content} radius="lg" aria-label={title}>
        <Modal.Body p="lg">
          <Group justify="space-between" wrap="nowrap" mb="xs" align="flex-start">
            <Title order={2}>{title}</Title>
            <CloseButton aria-label={texts.app.close} onClick={close} />
          </Group>
          <CloseGuards value={guards}>{children}</CloseGuards>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
