import { ActionIcon, Box, Button, Group, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconBellOff, IconCheck, IconX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Notification } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { exactTime, timeWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import classes from './inbox-panel.module.css';
import { type Inbox, useInboxChange } from './notification-data.ts';

const t = texts.notifications;

interface InboxPanelProps {
  inbox: UseQueryResult<Inbox>;
  unread: number;
  onLeave: () => void;
}

/** The latest notifications. */
export function InboxPanel({ inbox, unread, onLeave }: InboxPanelProps) {
  const change = useInboxChange();
  return (
    <>
      <Group justify="space-between" className={classes.head}>
        <Title order={2}>{t.title}</Title>
        {unread > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={() => change.mutate({ kind: 'read-all' })}>
            {t.readAll}
          </Button>
        )}
      </Group>
      <Items inbox={inbox} onLeave={onLeave} />
    </>
  );
}

function Items({ inbox, onLeave }: Omit<InboxPanelProps, 'unread'>) {
  const now = useNow();
  if (inbox.isPending) {
    return (
      <Box p="md">
        <RowsSkeleton rows={3} />
      </Box>
    );
  }
  if (!inbox.data) {
    return (
      <Box p="md">
        <LoadFailed error={inbox.error} onRetry={() => void inbox.refetch()} />
      </Box>
    );
  }
  if (inbox.data.items.length === 0) {
    return (
      <Empty
        icon={<IconBellOff size={32} stroke={1.5} aria-hidden />}
        title={t.emptyTitle}
        text={t.emptyText}
      />
    );
  }
  return (
    <ul className={classes.list}>
      {inbox.data.items.map((item) => (
        <Item key={item.id} item={item} now={now} onLeave={onLeave} />
      ))}
    </ul>
  );
}

function Item({ item, now, onLeave }: { item: Notification; now: Date; onLeave: () => void }) {
  const clock = useClock();
  const change = useInboxChange();
  const read = () => change.mutate({ kind: 'read', notification: item });
  const follow = () => {
    if (!item.readAt) read();
    onLeave();
  };
  return (
    <li className={classes.item} data-unread={!item.readAt || undefined}>
      <div className={classes.text}>
        {!item.readAt && <VisuallyHidden>{t.unread}</VisuallyHidden>}
        {item.taskId ? (
          <LinkAnchor
            to="/tasks/$taskId"
            params={{ taskId: item.taskId }}
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
