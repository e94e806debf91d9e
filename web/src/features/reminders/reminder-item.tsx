import { Badge, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import type { Reminder } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { exactTime, timeWords } from '../../shared/time.ts';
import { useClock } from '../auth/account.ts';
import { useReminderAction } from './reminder-data.ts';
import type { ReminderAction } from './reminder-rules.ts';
import { ReminderTimeline } from './reminder-timeline.tsx';
import classes from './reminders-panel.module.css';

const t = texts.reminders;

const COLORS: Record<Reminder['status'], string> = {
  pending: 'spruce',
  sent: 'gray',
  completed: 'gray',
  skipped: 'gray',
  missed: 'clay',
};

/** What the server still takes: a reminder that is done or skipped is over. */
function actionsOf(reminder: Reminder, taskDone: boolean): ReminderAction[] {
  const over = reminder.status === 'completed' || reminder.status === 'skipped';
  if (over) return ['delete'];
  return taskDone ? ['complete', 'delete'] : ['snooze', 'complete', 'delete'];
}

export function ReminderItem(props: { reminder: Reminder; taskDone: boolean; now: Date }) {
  const { reminder, taskDone, now } = props;
  const clock = useClock();
  const action = useReminderAction(reminder);
  const when = timeWords(reminder.scheduledAt, clock, now);
  const isPending = reminder.status === 'pending';
  return (
    <li className={`${classes.item} ${isPending ? '' : classes.over}`}>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Tooltip label={exactTime(reminder.scheduledAt, clock)}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable by keyboard too */}
            <time dateTime={reminder.scheduledAt} className={`${classes.when} capital`} tabIndex={0}>
              {when}
            </time>
          </Tooltip>
          <Badge variant="light" color={COLORS[reminder.status]} tt="none">
            {t.status[reminder.status]}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" className="break-words">
          {t.channelNames[reminder.type]}
          {reminder.message && ` · ${reminder.message}`}
        </Text>
        <ReminderTimeline reminder={reminder} name={t.actionsFor(when)}>
          {actionsOf(reminder, taskDone).map((name) => (
            <Button
              key={name}
              size="compact-sm"
              variant="subtle"
              color={name === 'delete' ? 'red' : undefined}
              disabled={action.isPending}
              aria-label={`${t[name]}: ${t.actionsFor(when)}`}
              onClick={() => action.mutate(name)}
            >
              {t[name]}
            </Button>
          ))}
        </ReminderTimeline>
      </Stack>
    </li>
  );
}
