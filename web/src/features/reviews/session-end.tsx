import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconConfetti, IconHourglass, IconRepeat } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { percent } from '../../shared/format.ts';
import { LinkButton } from '../../shared/links.tsx';
import { Empty } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { clockTime, durationWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { addDays, dayOf, wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { forecastQuery, reviewListQuery } from './review-data.ts';
import { comingBack, summaryOf } from './session-rules.ts';
import type { ReviewSession } from './use-review-session.ts';

const t = texts.reviews;
const SOON_MS = 1_000;

/** What a session ends with: nothing was due, a learning step comes in some minutes, or the day is done. */
export function SessionEnd({ session }: { session: ReviewSession }) {
  const clock = useClock();
  const now = useNow(SOON_MS);
  const tomorrow = addDays(dayOf(now, clock.zone), 1);
  const waiting = comingBack(session, wallToInstant(`${tomorrow} 00:00:00`, clock.zone));
  const nextAt = waiting[0]?.dueAt;
  const isDue = nextAt !== undefined && Date.parse(nextAt) <= now.getTime();
  const { reload } = session;
  useEffect(() => {
    if (isDue) reload();
  }, [isDue, reload]);
  if (session.past.length === 0) return <NothingDue />;
  const Icon = nextAt ? IconHourglass : IconConfetti;
  return (
    <Stack align="center" ta="center" gap="xs" py={32}>
      <Text c="dimmed" component="span" lh={0}>
        <Icon size={40} stroke={1.5} aria-hidden />
      </Text>
      <div role="status">
        <Title order={2}>{nextAt ? t.pauseTitle : t.doneTitle}</Title>
      </div>
      {nextAt && <Text>{t.pauseText(waiting.length, clockTime(nextAt, clock))}</Text>}
      <Summary session={session} />
      <Group justify="center" mt="md">
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={18} aria-hidden />}
          onClick={session.undo}
        >
          {t.undo}
        </Button>
        <LinkButton to="/today">{t.toToday}</LinkButton>
      </Group>
    </Stack>
  );
}

const MINUTE_MS = 60_000;

function Summary({ session }: { session: ReviewSession }) {
  const clock = useClock();
  const forecast = useQuery(forecastQuery(2));
  const { graded, tookMs, remembered } = summaryOf(session.past);
  const tomorrow = forecast.data?.days[1];
  return (
    <Stack gap={2} c="dimmed">
      {remembered !== null && (
        <Text>
          {t.summary(graded, durationWords(Math.max(1, Math.round(tookMs / MINUTE_MS))))},{' '}
          {t.remembered(percent(remembered, clock))}
        </Text>
      )}
      {tomorrow && <Text>{t.tomorrow(tomorrow.reviews, durationWords(tomorrow.minutes))}</Text>}
      {session.postponed > 0 && <Text>{t.postponed(session.postponed)}</Text>}
    </Stack>
  );
}

/** Nothing is due: teaches those who have no reviews yet. */
function NothingDue() {
  const list = useInfiniteQuery(reviewListQuery(undefined));
  const isNewcomer = list.data?.pages[0]?.items.length === 0;
  return (
    <Empty
      icon={<IconRepeat size={36} stroke={1.5} aria-hidden />}
      title={isNewcomer ? t.firstTitle : t.nothingTitle}
      text={isNewcomer ? t.firstText : ''}
    >
      {isNewcomer ? (
        <LinkButton to="/review/items" mt="md">
          {t.toItems}
        </LinkButton>
      ) : (
        <>
          <Coming />
          <LinkButton to="/today" variant="default" mt="md">
            {t.toToday}
          </LinkButton>
        </>
      )}
    </Empty>
  );
}

function Coming() {
  const forecast = useQuery(forecastQuery(2));
  const tomorrow = forecast.data?.days[1];
  if (!tomorrow) return null;
  return (
    <Text c="dimmed" size="sm">
      {t.tomorrow(tomorrow.reviews, durationWords(tomorrow.minutes))}
    </Text>
  );
}
