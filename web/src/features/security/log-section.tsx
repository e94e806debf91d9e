import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { clientWords } from '../../shared/client-words.ts';
import { MoreList } from '../../shared/more-list.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { Section } from '../settings/section.tsx';

const t = texts.security.log;
const SHOWN = 10;

const logQuery = infiniteQueryOptions({
  queryKey: keys.securityLog,
  queryFn: ({ pageParam }) =>
    unwrap(
      api.GET('/v1/auth/events', {
        params: { query: { limit: SHOWN, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
});

export function LogSection() {
  const log = useInfiniteQuery(logQuery);
  const clock = useClock();
  const now = useNow();
  return (
    <Section title={t.title} hint={t.hint}>
      <MoreList query={log} empty={t.none} label={t.title}>
        {({ id, type, at, ip, ...client }) => (
          <ListRow
            key={id}
            title={t.events[type] ?? type}
            meta={[timeWords(at, clock, now), clientWords(client), ip].filter(Boolean).join(' · ')}
          />
        )}
      </MoreList>
    </Section>
  );
}
