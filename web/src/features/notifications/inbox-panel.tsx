import { Box, Button, Group, Title } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { LinkAnchor } from '../../shared/links.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import classes from './inbox-panel.module.css';
import { type Inbox, useInboxChange } from './notification-data.ts';
import { NotificationItem } from './notification-item.tsx';

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
      <div className={classes.foot}>
        <LinkAnchor to="/notifications" search={{}} size="sm" onClick={onLeave}>
          {t.seeAll}
        </LinkAnchor>
      </div>
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
        <NotificationItem key={item.id} item={item} now={now} onLeave={onLeave} />
      ))}
    </ul>
  );
}
