import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBellPlus } from '@tabler/icons-react';
import type { Task } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { ReminderForm } from './reminder-form.tsx';
import { ReminderItem } from './reminder-item.tsx';
import classes from './reminders-panel.module.css';

const t = texts.reminders;

/** The reminders of a task, soonest first, and the form for another one. */
export function RemindersPanel({ task }: { task: Task }) {
  const now = useNow(10_000);
  const [adding, { open, close }] = useDisclosure(false);
  const reminders = [...task.reminders].sort((a, b) => a.scheduledAt.localeCompare(b.scheduledAt));
  const done = task.status === 'completed';
  return (
    <Paper p="lg" component="section" aria-labelledby="reminders-title">
      <Stack>
        <Title order={2} id="reminders-title">
          {t.title}
        </Title>
        {reminders.length === 0 && !adding && (
          <Text c="dimmed" size="sm">
            {t.emptyText}
          </Text>
        )}
        {reminders.length > 0 && (
          <ul className={classes.list}>
            {reminders.map((reminder) => (
              <ReminderItem key={reminder.id} reminder={reminder} taskDone={done} now={now} />
            ))}
          </ul>
        )}
        {done && (
          <Text c="dimmed" size="sm">
            {t.taskDone}
          </Text>
        )}
        {!done && adding && <ReminderForm task={task} onDone={close} />}
        {!done && !adding && (
          <Button
            variant="light"
            leftSection={<IconBellPlus size={18} aria-hidden />}
            onClick={open}
            style={{ alignSelf: 'flex-start' }}
          >
            {t.add}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
