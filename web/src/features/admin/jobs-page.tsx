import { Badge, Button, Group, NativeSelect, Paper, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../shared/api.gen.ts';
import { api, unwrap } from '../../shared/api.ts';
import { MoreList } from '../../shared/more-list.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { AdminFrame } from './admin-frame.tsx';

type Job = components['schemas']['Job'];
type State = Job['state'];

const t = texts.admin.jobs;
const STATES = [
  'dead',
  'failed',
  'retry',
  'created',
  'active',
  'completed',
  'cancelled',
] as const satisfies readonly State[];
const JOBS = [...keys.admin, 'jobs'];
const COLORS: Partial<Record<State, string>> = { dead: 'red', failed: 'red', retry: 'clay' };

function jobsQuery(state: State | '') {
  return infiniteQueryOptions({
    queryKey: [...JOBS, state],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/admin/jobs', {
          params: { query: { limit: 50, ...(state && { state }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Background work: what has failed for good comes first, as somebody has to decide about it. */
export function JobsPage() {
  const [state, setState] = useState<State | ''>('dead');
  const jobs = useInfiniteQuery(jobsQuery(state));
  const hasDead = jobs.data?.pages[0]?.items.some((job) => job.state === 'dead') ?? false;
  const retryAll = useChange(() => unwrap(api.POST('/v1/admin/jobs/retry', { body: {} })), {
    done: t.allRetried,
    failed: t.failed,
    refresh: [JOBS],
  });
  return (
    <AdminFrame title={texts.admin.tabs.jobs}>
      <Group justify="space-between" align="flex-end">
        <NativeSelect
          label={t.state}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as State | '')}
          data={[
            { value: '', label: texts.admin.all },
            ...STATES.map((value) => ({ value, label: t.states[value] })),
          ]}
        />
        {hasDead && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={retryAll.isPending}
            onClick={() => retryAll.mutate()}
          >
            {t.retryAll}
          </Button>
        )}
      </Group>
      <Paper p="lg">
        <MoreList query={jobs} empty={state === 'dead' ? t.noneDead : t.none} label={t.list}>
          {(job) => <JobRow key={job.id} job={job} />}
        </MoreList>
      </Paper>
    </AdminFrame>
  );
}

function JobRow({ job }: { job: Job }) {
  const { queue, state, type, reason, tries, createdAt } = job;
  const clock = useClock();
  const now = useNow();
  const name = type ?? queue;
  return (
    <ListRow
      title={
        <Group gap="xs" component="span">
          {name}
          <Badge variant="light" tt="none" color={COLORS[state] ?? 'gray'}>
            {t.states[state]}
          </Badge>
        </Group>
      }
      meta={
        <>
          {[queue, t.tries(tries), momentWords(createdAt, clock, now)].join(' · ')}
          {reason && (
            <Text size="sm" component="span" display="block" className="break-words">
              {reason}
            </Text>
          )}
        </>
      }
    >
      {state === 'dead' && <DeadActions job={job} name={name} />}
    </ListRow>
  );
}

function DeadActions({ job, name }: { job: Job; name: string }) {
  const params = { path: { jobId: job.id } };
  const words = { failed: t.failed, refresh: [JOBS] };
  const retry = useChange(() => unwrap(api.POST('/v1/admin/jobs/{jobId}/retry', { params })), {
    ...words,
    done: t.retried,
  });
  const discard = useChange(() => unwrap(api.DELETE('/v1/admin/jobs/{jobId}', { params })), {
    ...words,
    done: t.discarded,
  });
  return (
    <Group gap={4}>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={retry.isPending}
        aria-label={t.retryLabel(name)}
        onClick={() => retry.mutate()}
      >
        {t.retry}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        loading={discard.isPending}
        aria-label={t.discardLabel(name)}
        onClick={() => discard.mutate()}
      >
        {t.discard}
      </Button>
    </Group>
  );
}
