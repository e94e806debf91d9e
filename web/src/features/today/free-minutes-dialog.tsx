import { Text } from '@mantine/core';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { FreeMinutesForm } from '../budget/free-minutes-form.tsx';

const t = texts.day;

export function FreeMinutesDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t.minutesTitle} opened onClose={onClose}>
      <Text size="sm" c="dimmed" mb="md">
        {t.minutesText}
      </Text>
      <FreeMinutesForm onSaved={onClose} />
    </Dialog>
  );
}
