import { NativeSelect, Paper } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type AuditEntry, api, unwrap } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { MoreList } from '../../shared/more-list.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock, useMe } from '../auth/account.ts';
import { AdminFrame } from './admin-frame.tsx';

const t = texts.admin.audit;
const SHORT_ID = 8;

function auditQuery(action: string) {
  return infiniteQueryOptions({
    queryKey: [...keys.admin, 'audit', action],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/admin/audit', {
          params: {
            query: { limit: 50, ...(action && { action }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function AuditPage() {
  const [action, setAction] = useState('');
  const audit = useInfiniteQuery(auditQuery(action));
  return (
    <AdminFrame title={texts.admin.tabs.audit}>
      <NativeSelect
        label={t.action}
        maw={320}
        value={action}
        onChange={(event) => setAction(event.currentTarget.value)}
        data={[
          { value: '', label: texts.admin.all },
          ...Object.entries(t.actions).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Paper p="lg">
        <MoreList query={audit} empty={t.none} label={t.list}>
          {(entry) => <Entry key={entry.id} entry={entry} />}
        </MoreList>
      </Paper>
    </AdminFrame>
  );
}

/** Somebody by the end of their id: the log names nobody, so that it can outlive them. */
function Person({ id }: { id: string | null }) {
  const me = useMe();
  if (id === null) return t.installation;
  return (
    <LinkAnchor to="/admin/users" search={{ user: id }} size="sm" underline="always">
      {id === me.id ? me.name : `…${id.slice(-SHORT_ID)}`}
    </LinkAnchor>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { action, at, actorId, targetId, ip, detail } = entry;
  const clock = useClock();
  const now = useNow();
  const details = Object.entries(detail).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <ListRow
      title={t.actions[action] ?? action}
      meta={
        <>
          {t.by} <Person id={actorId} />
          {targetId && (
            <>
              {' · '}
              {t.on} <Person id={targetId} />
            </>
          )}
          <br />
          {[momentWords(at, clock, now), ip, ...details].filter(Boolean).join(' · ')}
        </>
      }
    />
  );
}
