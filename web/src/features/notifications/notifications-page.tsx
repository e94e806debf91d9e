import { Button, Group, Paper, Title } from '@mantine/core';
import { IconBellOff, IconChecks } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Notification } from '../../shared/api.ts';
import { LinkPlain } from '../../shared/links.tsx';
import { LoadMore } from '../../shared/more-list.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import tabs from '../../shared/tabs.module.css';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import classes from './inbox-panel.module.css';
import { pagesQuery, unreadQuery, useInboxChange } from './notification-data.ts';
import { NotificationItem } from './notification-item.tsx';
import { readFilter } from './notifications-search.ts';

const t = texts.notifications;
const TABS = [
  { search: {}, label: t.all },
  { search: { unread: true as const }, label: t.unreadOnly },
];

/** Everything that was told, by days, the latest first. */
export function NotificationsPage() {
  const filter = readFilter(useSearch({ strict: false }));
  const list = useInfiniteQuery(pagesQuery(filter));
  const unread = useQuery(unreadQuery).data?.count ?? 0;
  const change = useInboxChange();
  return (
    <Page>
      <Group justify="space-between">
        <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
        <Button
          variant="default"
          leftSection={<IconChecks size={18} aria-hidden />}
          disabled={unread === 0}
          onClick={() => change.mutate({ kind: 'read-all' })}
        >
          {t.readAll}
        </Button>
      </Group>
      <nav aria-label={t.title} className={tabs.tabs}>
        {TABS.map(({ search, label }) => (
          <LinkPlain
            key={label}
            to="/notifications"
            search={search}
            className={tabs.tab}
            activeOptions={{ exact: true }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {label}
          </LinkPlain>
        ))}
      </nav>
      {list.isPending && <RowsSkeleton rows={4} />}
      {list.isError && !list.data && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Days items={list.data.pages.flatMap(({ items }) => items)} isUnreadOnly={filter.unread === true} />
      )}
      <LoadMore query={list} />
    </Page>
  );
}

function Days({ items, isUnreadOnly }: { items: Notification[]; isUnreadOnly: boolean }) {
  const clock = useClock();
  const now = useNow();
  if (items.length === 0) {
    return (
      <Empty
        icon={<IconBellOff size={36} stroke={1.5} aria-hidden />}
        title={t.emptyTitle}
        text={isUnreadOnly ? t.nothingUnread : t.emptyText}
      />
    );
  }
  const days = Map.groupBy(items, ({ createdAt }) => dayOf(createdAt, clock.zone));
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-labelledby={`day-${day}`}>
      <Title order={2} id={`day-${day}`} className={`${classes.day} capital`}>
        {dayWords(day, clock, now)}
      </Title>
      <Paper component="ul" className={classes.list}>
        {ofDay.map((item) => (
          <NotificationItem key={item.id} item={item} now={now} />
        ))}
      </Paper>
    </section>
  ));
}
