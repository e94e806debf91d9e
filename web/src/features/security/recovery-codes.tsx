import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { CopyButton } from '../../shared/copy-button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { useMe } from '../auth/account.ts';
import classes from './recovery-codes.module.css';

const t = texts.security.recovery;

/** Ten codes that are shown this once. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const me = useMe();
  const lines = codes.join('\n');
  const file = t.file(me.email ?? me.phone ?? me.name) + lines;
  return (
    <Dialog opened insistent title={t.title} onClose={onClose}>
      <Stack>
        <Text size="sm">{t.lead}</Text>
        <ul className={classes.codes} aria-label={t.list}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Group gap="xs">
          <CopyButton text={lines} label={t.copy} doneLabel={t.copied} />
          <Button
            component="a"
            size="xs"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${file}\n`)}`}
            download="spacedly-recovery-codes.txt"
          >
            {t.download}
          </Button>
        </Group>
        <Button onClick={onClose}>{t.kept}</Button>
      </Stack>
    </Dialog>
  );
}
