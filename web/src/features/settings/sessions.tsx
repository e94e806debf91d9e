import { Badge, Button, Group, Text } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Session, unwrap } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { Section } from './section.tsx';
import classes from './sessions.module.css';

const t = texts.settings;

const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: () => unwrap(api.GET('/v1/auth/sessions')),
});

export function Sessions() {
  const sessions = useQuery(sessionsQuery);
  const now = useNow();
  return (
    <Section title={t.sessions} hint={t.sessionsHint}>
      {sessions.isPending && <RowsSkeleton rows={2} />}
      {sessions.isError && !sessions.data && (
        <LoadFailed error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {sessions.data && (
        <ul className={classes.list}>
          {sessions.data.items.map((session) => (
            <Row key={session.id} session={session} now={now} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Row({ session, now }: { session: Session; now: Date }) {
  const clock = useClock();
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      unwrap(api.DELETE('/v1/auth/sessions/{sessionId}', { params: { path: { sessionId: session.id } } })),
    onSuccess: () => toastDone(t.ended),
    onError: (error) => toastFailed(t.endFailed, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.sessions }),
  });
  return (
    <li className={classes.row}>
      <div>
        <Group gap={8}>
          <Text fw={550} className="break-words">
            {session.device}
          </Text>
          {session.current && (
            <Badge variant="light" tt="none">
              {t.current}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t.lastSeen(timeWords(session.lastSeenAt, clock, now))}
          {session.ip && ` · ${session.ip}`}
        </Text>
      </div>
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t.endLabel(session.device)}
          onClick={() => end.mutate()}
        >
          {t.end}
        </Button>
      )}
    </li>
  );
}
