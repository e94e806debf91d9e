import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { messageOf } from './problem.ts';
import { texts } from './texts.ts';

/** What a list shows when there is nothing in it. */
export function Empty(props: { icon: ReactNode; title: string; text: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap={6} py={40} px="md" ta="center">
      <Text c="dimmed" component="span" lh={0} mb={4}>
        {props.icon}
      </Text>
      <Text fw={600}>{props.title}</Text>
      <Text c="dimmed" size="sm" maw={360}>
        {props.text}
      </Text>
      {props.children}
    </Stack>
  );
}

/** What is shown where something could not be loaded. */
export function LoadFailed(props: { error: unknown; onRetry: () => void }) {
  return (
    <Alert color="red" icon={<IconAlertCircle size={20} />} title={texts.errors.loadFailed} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{messageOf(props.error)}</Text>
        <Button size="xs" variant="default" onClick={props.onRetry}>
          {texts.app.retry}
        </Button>
      </Stack>
    </Alert>
  );
}

/** What went wrong with a form as a whole. */
export function FormProblem(props: { title: string; message: string | null }) {
  if (props.message === null) return null;
  return (
    <Alert color="red" icon={<IconAlertCircle size={20} />} title={props.title} role="alert">
      <Text size="sm">{props.message}</Text>
    </Alert>
  );
}
