import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, type Reminder, unwrap } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { exactTime } from '../../shared/time.ts';
import { useClock } from '../auth/account.ts';
import classes from './reminders-panel.module.css';

const t = texts.timeline;

function Steps({ reminderId }: { reminderId: string }) {
  const clock = useClock();
  const steps = useQuery({
    queryKey: keys.timeline(reminderId),
    queryFn: () =>
      unwrap(api.GET('/v1/reminders/{reminderId}/timeline', { params: { path: { reminderId } } })),
  });
  if (steps.isPending) return <RowsSkeleton rows={2} height={20} />;
  if (!steps.data) return <LoadFailed error={steps.error} onRetry={() => void steps.refetch()} />;
  const { items } = steps.data;
  if (items.length === 0) return <Text size="xs">{t.empty}</Text>;
  return (
    <ol className={classes.timeline} aria-label={t.list}>
      {items.map(({ at, step, channel, provider, error }) => (
        <li key={`${at} ${step} ${channel}`}>
          <Text size="xs" component="time" dateTime={at} c="dimmed">
            {exactTime(at, clock)}
          </Text>
          <Text size="sm">
            {[t.step[step], channel && t.channel[channel], provider].filter(Boolean).join(' · ')}
          </Text>
          {error && (
            <Text size="xs" c="dimmed" className="break-words">
              {error}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}

/** What happened to a reminder on its way, when asked for by the last of its buttons. */
export function ReminderTimeline(props: { reminder: Reminder; name: string; children: ReactNode }) {
  const { reminder, name, children } = props;
  const [isOpen, { toggle }] = useDisclosure(false);
  const label = isOpen ? t.hide : t.show;
  return (
    <>
      <Group gap={4} ml={-8}>
        {children}
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={isOpen}
          aria-label={`${label}: ${name}`}
          onClick={toggle}
        >
          {label}
        </Button>
      </Group>
      {isOpen && <Steps reminderId={reminder.id} />}
    </>
  );
}
