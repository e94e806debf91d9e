import { Button, FileButton, Paper, Stack, Text, Title } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { AttachmentItem } from './attachment-item.tsx';
import classes from './attachments-panel.module.css';
import { ACCEPT } from './upload.ts';
import { UploadItem } from './upload-item.tsx';
import { useUploads } from './use-uploads.ts';

const t = texts.attachments;

/** Takes files that are dropped; `isOver` while some are held above it. */
function useDrop(onFiles: (files: File[]) => void) {
  const [isOver, setOver] = useState(false);
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return { isOver, props: { onDragOver: hold, onDragLeave: () => setOver(false), onDrop: drop } };
}

/** The files of a task, and the way to add some: chosen, or dropped on it. */
export function AttachmentsPanel({ task }: { task: Task }) {
  const { uploads, add, retry, dismiss } = useUploads(task);
  const { isOver, props } = useDrop(add);
  return (
    <Paper
      p="lg"
      component="section"
      aria-labelledby="attachments-title"
      className={classes.panel}
      data-over={isOver || undefined}
      {...props}
    >
      <Stack>
        <Title order={2} id="attachments-title">
          {t.title}
        </Title>
        {task.attachments.length > 0 && (
          <ul className={classes.list} aria-label={t.list}>
            {task.attachments.map((attachment) => (
              <AttachmentItem key={attachment.id} attachment={attachment} />
            ))}
          </ul>
        )}
        {uploads.length > 0 && (
          <ul className={classes.list} aria-label={t.onTheirWay}>
            {uploads.map((one) => (
              <UploadItem
                key={one.id}
                upload={one}
                onRetry={() => retry(one)}
                onDismiss={() => dismiss(one.id)}
              />
            ))}
          </ul>
        )}
        <Text c="dimmed" size="sm">
          {isOver ? t.dropActive : t.hint}
        </Text>
        <FileButton multiple accept={ACCEPT} inputProps={{ 'aria-label': t.choose }} onChange={add}>
          {(button) => (
            <Button
              variant="light"
              leftSection={<IconFileUpload size={18} aria-hidden />}
              style={{ alignSelf: 'flex-start' }}
              {...button}
            >
              {t.choose}
            </Button>
          )}
        </FileButton>
      </Stack>
    </Paper>
  );
}
