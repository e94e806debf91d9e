import { Button, Stack, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RowsSkeleton } from './page-skeleton.tsx';
import classes from './query-list.module.css';
import { LoadFailed } from './states.tsx';
import { texts } from './texts.ts';

type Pages<T> = UseInfiniteQueryResult<InfiniteData<{ items: T[]; nextCursor: string | null }>>;

interface MoreListProps<T> {
  query: Pages<T>;
  empty: string;
  label: string;
  children: (item: T) => ReactNode;
}

/** A long list from the server, loaded page by page. */
export function MoreList<T>({ query, empty, label, children }: MoreListProps<T>) {
  if (query.isPending) return <RowsSkeleton rows={3} />;
  if (!query.data) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Stack>
      <ul className={classes.list} aria-label={label}>
        {items.map(children)}
      </ul>
      <LoadMore query={query} />
    </Stack>
  );
}

/** What stands below a long list: the way to its next page, or why that did not come. */
export function LoadMore({ query }: { query: Pages<unknown> }) {
  if (query.isFetchNextPageError)
    return <LoadFailed error={query.error} onRetry={() => void query.fetchNextPage()} />;
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="default"
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
      style={{ alignSelf: 'center' }}
    >
      {texts.tasks.loadMore}
    </Button>
  );
}
