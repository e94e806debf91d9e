import { ActionIcon, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileText, IconTrash } from '@tabler/icons-react';
import type { components } from '../../shared/api.gen.ts';
import { api, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { bytes, percent } from '../../shared/format.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { useChange } from '../../shared/use-change.ts';
import { useClock } from '../auth/account.ts';
import classes from './attachments-panel.module.css';

export type Attachment = components['schemas']['Attachment'];

const t = texts.attachments;
/** Below this it is not worth a word. */
const WORTH_TELLING = 0.05;

/** One file: a look at it, its name as the way to it, and what the picture lost on the way. */
export function AttachmentItem({ attachment }: { attachment: Attachment }) {
  const { id, name, url, thumbnailUrl, optimizedSize, compressionRatio } = attachment;
  const clock = useClock();
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useChange(
    () => unwrap(api.DELETE('/v1/attachments/{attachmentId}', { params: { path: { attachmentId: id } } })),
    { done: t.deleted(name), failed: t.deleteFailed, refresh: [keys.task(attachment.taskId)] },
  );
  const saved = 1 - compressionRatio;
  return (
    <li className={classes.item}>
      <span className={classes.look} aria-hidden>
        {thumbnailUrl ? (
          <img src={thumbnailUrl} alt="" loading="lazy" className={classes.thumb} />
        ) : (
          <IconFileText size={26} stroke={1.5} />
        )}
      </span>
      <div className={classes.text}>
        <a href={url} target="_blank" rel="noreferrer" className={classes.name}>
          {name}
        </a>
        <Text size="xs" c="dimmed">
          {bytes(optimizedSize, clock)}
          {saved >= WORTH_TELLING && ` · ${t.saved(percent(saved, clock))}`}
        </Text>
      </div>
      <ActionIcon variant="subtle" color="red" size={36} aria-label={t.delete(name)} onClick={open}>
        <IconTrash size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
      <AskDialog
        title={t.deleteTitle}
        text={t.deleteText(name)}
        button={t.deleteButton}
        opened={asking}
        busy={remove.isPending}
        onYes={() => remove.mutate(undefined, { onSettled: close })}
        onClose={close}
      />
    </li>
  );
}
