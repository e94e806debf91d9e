import { Button, Group, Text } from '@mantine/core';
import { Dialog } from './dialog.tsx';
import { texts } from './texts.ts';

/** A question before something that cannot be taken back by a click. */
export function AskDialog(props: {
  title: string;
  text: string;
  button: string;
  opened: boolean;
  busy?: boolean;
  onYes: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={props.title} opened={props.opened} onClose={props.onClose}>
      <Text size="sm">{props.text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={props.onClose}>
          {texts.app.cancel}
        </Button>
        <Button color="red" loading={props.busy} onClick={props.onYes}>
          {props.button}
        </Button>
      </Group>
    </Dialog>
  );
}
