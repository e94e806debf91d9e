import { Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RowsSkeleton } from './page-skeleton.tsx';
import classes from './query-list.module.css';
import { LoadFailed } from './states.tsx';

/** A short list from the server: loading, failed, empty or its rows. */
export function QueryList<T>(props: {
  query: UseQueryResult<{ items: T[] }>;
  empty: string;
  label: string;
  children: (item: T) => ReactNode;
}) {
  const { query } = props;
  if (query.isPending) return <RowsSkeleton rows={2} />;
  if (!query.data) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {props.empty}
      </Text>
    );
  }
  return (
    <ul className={classes.list} aria-label={props.label}>
      {query.data.items.map(props.children)}
    </ul>
  );
}

/** One row: what it is, a line about it, and what can be done with it. */
export function ListRow(props: { title: ReactNode; meta?: ReactNode; children?: ReactNode }) {
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Text component="div" fw={550} className="break-words">
          {props.title}
        </Text>
        {props.meta && (
          <Text component="div" size="sm" c="dimmed" className="break-words">
            {props.meta}
          </Text>
        )}
      </div>
      {props.children && <div className={classes.actions}>{props.children}</div>}
    </li>
  );
}
