import { Badge, Button, Group } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Session, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { clientWords } from '../../shared/client-words.ts';
import { keys } from '../../shared/query.ts';
import { ListRow, QueryList } from '../../shared/query-list.tsx';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { Section } from './section.tsx';

const t = texts.settings;
const all = texts.security.sessions;

const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: () => unwrap(api.GET('/v1/auth/sessions')),
});

export function Sessions() {
  const sessions = useQuery(sessionsQuery);
  const now = useNow();
  return (
    <Section title={t.sessions} hint={t.sessionsHint}>
      <QueryList query={sessions} empty="" label={t.sessions}>
        {(session) => <Row key={session.id} session={session} now={now} />}
      </QueryList>
      <EndAll />
    </Section>
  );
}

function Row({ session, now }: { session: Session; now: Date }) {
  const { id, ip, current, lastSeenAt } = session;
  const device = clientWords(session);
  const clock = useClock();
  const end = useChange(
    () => unwrap(api.DELETE('/v1/auth/sessions/{sessionId}', { params: { path: { sessionId: id } } })),
    { done: t.ended, failed: t.endFailed, refresh: [keys.sessions, keys.securityLog] },
  );
  const title = (
    <Group gap={8}>
      {device}
      {current && (
        <Badge variant="light" tt="none">
          {t.current}
        </Badge>
      )}
    </Group>
  );
  const meta = t.lastSeen(timeWords(lastSeenAt, clock, now)) + (ip ? ` · ${ip}` : '');
  return (
    <ListRow title={title} meta={meta}>
      {!current && (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t.endLabel(device)}
          onClick={() => end.mutate()}
        >
          {t.end}
        </Button>
      )}
    </ListRow>
  );
}

function EndAll() {
  const [isAsked, setAsked] = useState(false);
  const end = useMutation({
    mutationFn: () => unwrap(api.POST('/v1/auth/logout-all')),
    onSuccess: () => {
      rememberSignedIn(false);
      window.location.assign('/sign-in');
    },
    onError: (error) => toastFailed(all.endAllFailed, error),
  });
  return (
    <Group>
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {all.endAll}
      </Button>
      <AskDialog
        title={all.endAllTitle}
        text={all.endAllText}
        button={all.endAll}
        opened={isAsked}
        busy={end.isPending}
        onYes={() => end.mutate()}
        onClose={() => setAsked(false)}
      />
    </Group>
  );
}
