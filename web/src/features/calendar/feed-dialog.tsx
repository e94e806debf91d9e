import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotencyKey, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { CopyButton } from '../../shared/copy-button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords } from '../../shared/time.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';

const t = texts.calendar;

interface Feed {
  url: string;
  createdAt: string;
}

/** The address, or null while there is none. */
async function readFeed(): Promise<Feed | null> {
  try {
    return await unwrap(api.GET('/v1/calendar/feed'));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

function useCreateFeed() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST('/v1/calendar/feed', { params: { header: idempotencyKey() } })),
    onSuccess: (feed) => {
      queryClient.setQueryData(keys.calendarFeed, feed);
      toastDone(t.feedCreated);
    },
    onError: (error) => toastFailed(t.feedCreateFailed, error),
  });
}

/** The secret address of the calendar for other programs. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  const feed = useQuery({ queryKey: keys.calendarFeed, queryFn: readFeed });
  const create = useCreateFeed();
  return (
    <Dialog title={t.feedTitle} opened onClose={onClose}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t.feedText}
        </Text>
        {feed.isPending && <RowsSkeleton rows={1} height={36} />}
        {feed.isError && feed.data === undefined && (
          <LoadFailed error={feed.error} onRetry={() => void feed.refetch()} />
        )}
        {feed.data === null && (
          <Button
            loading={create.isPending}
            onClick={() => create.mutate()}
            style={{ alignSelf: 'flex-start' }}
          >
            {t.feedCreate}
          </Button>
        )}
        {feed.data && <Address feed={feed.data} onReplace={() => create.mutate()} />}
      </Stack>
    </Dialog>
  );
}

function Address({ feed, onReplace }: { feed: Feed; onReplace: () => void }) {
  const clock = useClock();
  const now = useNow();
  const [asTodo, setAsTodo] = useState(false);
  const [asking, setAsking] = useState<'replace' | 'end' | null>(null);
  const close = () => setAsking(null);
  const end = useChange(() => unwrap(api.DELETE('/v1/calendar/feed')), {
    done: t.feedEnded,
    failed: t.feedEndFailed,
    refresh: [keys.calendarFeed],
    onDone: close,
  });
  const url = asTodo ? `${feed.url}?as=todo` : feed.url;
  return (
    <>
      <TextInput
        label={t.feedAddress}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Switch
        label={t.feedTodo}
        checked={asTodo}
        onChange={(event) => setAsTodo(event.currentTarget.checked)}
      />
      <Group gap="xs">
        <CopyButton key={url} text={url} label={t.feedCopy} doneLabel={t.feedCopied} />
        <Button size="xs" variant="default" onClick={() => setAsking('replace')}>
          {t.feedNew}
        </Button>
        <Button size="xs" variant="subtle" color="red" onClick={() => setAsking('end')}>
          {t.feedEnd}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t.feedSince(dayWords(dayOf(feed.createdAt, clock.zone), clock, now))}
      </Text>
      <AskDialog
        title={t.feedNewTitle}
        text={t.feedNewText}
        button={t.feedNew}
        opened={asking === 'replace'}
        onYes={() => {
          onReplace();
          close();
        }}
        onClose={close}
      />
      <AskDialog
        title={t.feedEndTitle}
        text={t.feedEndText}
        button={t.feedEnd}
        opened={asking === 'end'}
        busy={end.isPending}
        onYes={() => end.mutate()}
        onClose={close}
      />
    </>
  );
}
