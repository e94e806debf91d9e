import { ActionIcon, Button, Progress, Text } from '@mantine/core';
import { IconFileUpload, IconX } from '@tabler/icons-react';
import { percent } from '../../shared/format.ts';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import classes from './attachments-panel.module.css';
import type { Upload } from './use-uploads.ts';

const t = texts.attachments;

/** A file on its way, or why it did not get there. */
export function UploadItem(props: { upload: Upload; onRetry: () => void; onDismiss: () => void }) {
  const { file, share, error } = props.upload;
  const clock = useClock();
  return (
    <li className={classes.item}>
      <span className={classes.look} aria-hidden>
        <IconFileUpload size={26} stroke={1.5} />
      </span>
      <div className={classes.text}>
        <Text size="sm" className="break-words">
          {file.name}
        </Text>
        {error !== null && (
          <Text size="xs" c="red" role="alert">
            {error}
          </Text>
        )}
        {error === null && (
          <>
            <Progress
              value={share * 100}
              size="sm"
              mt={4}
              animated={share === 1}
              aria-label={t.uploading(file.name, percent(share, clock))}
            />
            <Text size="xs" c="dimmed">
              {share === 1 ? t.processing : percent(share, clock)}
            </Text>
          </>
        )}
      </div>
      {error !== null && (
        <>
          <Button size="compact-sm" variant="subtle" onClick={props.onRetry}>
            {t.retry}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t.dismiss(file.name)}
            onClick={props.onDismiss}
          >
            <IconX size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </>
      )}
    </li>
  );
}
