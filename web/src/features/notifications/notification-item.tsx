import { ActionIcon, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Notification } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { exactTime, timeWords } from '../../shared/time.ts';
import { useClock } from '../auth/account.ts';
import classes from './inbox-panel.module.css';
import { useInboxChange } from './notification-data.ts';
import { placeOf } from './notification-place.ts';

const t = texts.notifications;

interface NotificationItemProps {
  item: Notification;
  now: Date;
  /** What it is about is going to be opened. */
  onLeave?: () => void;
}

/** One notification, and what can be done with it. */
export function NotificationItem({ item, now, onLeave }: NotificationItemProps) {
  const clock = useClock();
  const change = useInboxChange();
  const place = placeOf(item);
  const read = () => change.mutate({ kind: 'read', notification: item });
  const follow = () => {
    if (!item.readAt) read();
    onLeave?.();
  };
  return (
    <li className={classes.item} data-unread={!item.readAt || undefined}>
      <div className={classes.text}>
        {!item.readAt && <VisuallyHidden>{t.unread}</VisuallyHidden>}
        {place === null ? (
          <span className={classes.title}>{item.title}</span>
        ) : (
          <LinkAnchor {...place} onClick={follow} c="inherit" underline="hover" className={classes.title}>
            {item.title}
          </LinkAnchor>
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
