import { ActionIcon, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Notification } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { exactTime, timeWords } from '../../shared/time.ts';
import { useClock } from '../auth/account.ts';
import { openTask } from '../tasks/open-task.ts';
import classes from './inbox-panel.module.css';
import { useInboxChange } from './notification-data.ts';

const t = texts.notifications;

interface NotificationItemProps {
  item: Notification;
  now: Date;
  /** Its task is about to be opened. */
  onLeave?: () => void;
}

/** One notification, and what can be done with it. */
export function NotificationItem({ item, now, onLeave }: NotificationItemProps) {
  const clock = useClock();
  const change = useInboxChange();
  const read = () => change.mutate({ kind: 'read', notification: item });
  const follow = () => {
    if (!item.readAt) read();
    onLeave?.();
  };
  return (
    <li className={classes.item} data-unread={!item.readAt || undefined}>
      <div className={classes.text}>
        {!item.readAt && <VisuallyHidden>{t.unread}</VisuallyHidden>}
        {item.taskId ? (
          <LinkAnchor
            {...openTask(item.taskId)}
            onClick={follow}
            c="inherit"
            underline="hover"
            className={classes.title}
          >
            {item.title}
          </LinkAnchor>
        ) : (
          <span className={classes.title}>{item.title}</span>
        )}
        <Text size="sm" c="dimmed" className="break-words" lineClamp={3}>
          {item.body}
        </Text>
        <Text
          size="xs"
          c="dimmed"
          component="time"
          dateTime={item.createdAt}
          title={exactTime(item.createdAt, clock)}
          className="capital"
          display="block"
        >
          {timeWords(item.createdAt, clock, now)}
        </Text>
      </div>
      <Group gap={2} wrap="nowrap" align="flex-start">
        {!item.readAt && (
          <Act label={t.markRead} of={item} icon={<IconCheck size={16} aria-hidden />} onClick={read} />
        )}
        <Act
          label={t.delete}
          of={item}
          icon={<IconX size={16} aria-hidden />}
          onClick={() => change.mutate({ kind: 'delete', notification: item })}
        />
      </Group>
    </li>
  );
}

function Act(props: { label: string; of: Notification; icon: React.ReactNode; onClick: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      size={28}
      title={props.label}
      aria-label={`${props.label}: ${props.of.title}`}
      onClick={props.onClick}
    >
      {props.icon}
    </ActionIcon>
  );
}
