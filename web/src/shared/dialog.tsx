import { CloseButton, Group, Modal, Title } from '@mantine/core';
import type { ReactNode } from 'react';
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

/**
 * A modal with its title inside. Mantine's own head is a `<header>`, which would be a second banner landmark next to
 * the app's.
 */
export function Dialog({ title, opened, onClose, children, insistent, zIndex }: DialogProps) {
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
