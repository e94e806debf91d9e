import { ActionIcon, Button, Chip, Group, SegmentedControl, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconRss } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { CalendarItem } from '../../shared/api.ts';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { dayWords, momentWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { Agenda } from './agenda.tsx';
import { calendarQuery, KINDS, type Kind, type Place, type Scope, useMove } from './calendar-data.ts';
import { rangeOf, rangeTitle, shiftDate } from './calendar-range.ts';
import { type CalendarSearch, type CalendarView, VIEWS } from './calendar-search.ts';
import { ItemDialog, SeriesDialog } from './item-dialog.tsx';
import { KindIcon } from './kind-icon.tsx';

const t = texts.calendar;
const route = getRouteApi('/app/calendar');
const CalendarGrid = lazy(() =>
  import('./calendar-grid.tsx').then((module) => ({ default: module.CalendarGrid })),
);
const FeedDialog = lazy(() => import('./feed-dialog.tsx').then((module) => ({ default: module.FeedDialog })));

export function CalendarPage() {
  const clock = useClock();
  const now = useNow();
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false;
  const search = route.useSearch();
  const view = search.view ?? (isPhone ? 'agenda' : 'month');
  const date = search.date ?? dayOf(now, clock.zone);
  const [shown, setShown] = useState<Kind[]>([...KINDS]);
  const navigate = useNavigate();
  const go = (next: CalendarSearch) =>
    void navigate({ to: '/calendar', search: { ...search, ...next }, replace: true });
  return (
    <Page wide>
      <Head view={view} date={date} onGo={go} />
      <Kinds shown={shown} onChange={setShown} />
      <Contents view={view} date={date} shown={shown} isPhone={isPhone} onGo={go} />
    </Page>
  );
}

interface HeadProps {
  view: CalendarView;
  date: string;
  onGo: (next: CalendarSearch) => void;
}

function Head({ view, date, onGo }: HeadProps) {
  const clock = useClock();
  const [isFeedOpen, { open, close }] = useDisclosure(false);
  const icon = { size: 20, stroke: 1.75, 'aria-hidden': true } as const;
  return (
    <>
      <Group justify="space-between" gap="sm">
        <PageTitle documentTitle={t.title}>{t.title}</PageTitle>
        <Button variant="default" leftSection={<IconRss size={16} aria-hidden />} onClick={open}>
          {t.subscribe}
        </Button>
      </Group>
      <Group justify="space-between" gap="sm">
        <Group gap={6}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t.previous[view]}
            onClick={() => onGo({ date: shiftDate(view, date, -1) })}
          >
            <IconChevronLeft {...icon} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t.next[view]}
            onClick={() => onGo({ date: shiftDate(view, date, 1) })}
          >
            <IconChevronRight {...icon} />
          </ActionIcon>
          <Button variant="default" onClick={() => onGo({ date: undefined })}>
            {t.today}
          </Button>
          <Text fw={650} size="lg" ml={{ base: 0, sm: 6 }} role="status">
            {rangeTitle(view, date, clock)}
          </Text>
        </Group>
        <SegmentedControl
          aria-label={t.view}
          data={VIEWS.map((value) => ({ value, label: t.views[value] }))}
          value={view}
          onChange={(value) => onGo({ view: value as CalendarView })}
        />
      </Group>
      {isFeedOpen && (
        <Suspense>
          <FeedDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** The legend, which is also what shows and hides. */
function Kinds({ shown, onChange }: { shown: Kind[]; onChange: (shown: Kind[]) => void }) {
  return (
    <Chip.Group multiple value={shown} onChange={(kinds) => onChange(kinds as Kind[])}>
      <Group gap={6} role="group" aria-label={t.show}>
        {KINDS.map((kind) => (
          <Chip key={kind} value={kind} variant="outline" size="sm">
            <Group gap={6} component="span" wrap="nowrap" display="inline-flex">
              <KindIcon item={{ kind, status: '' }} />
              {t.kinds[kind]}
            </Group>
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

interface Pending {
  item: CalendarItem;
  to: Place;
}

/** Moves at once what happens once, and asks about what repeats. */
function useMoving() {
  const clock = useClock();
  const move = useMove((saved) => {
    const now = new Date();
    const when = saved.allDay ? dayWords(saved.day, clock, now) : momentWords(saved.start, clock, now);
    return t.moved(saved.title, when);
  });
  const [pending, setPending] = useState<Pending | null>(null);
  const run = ({ item, to }: Pending, scope: Scope) => move.mutate({ item, to, scope });
  return {
    asked: pending?.item ?? null,
    start: (item: CalendarItem, to: Place) =>
      item.recurring ? setPending({ item, to }) : run({ item, to }, 'occurrence'),
    choose: (scope: Scope) => {
      if (pending) run(pending, scope);
      setPending(null);
    },
    cancel: () => setPending(null),
  };
}

function Contents(props: HeadProps & { shown: readonly Kind[]; isPhone: boolean }) {
  const { view, date, shown, isPhone, onGo } = props;
  const { from, to } = rangeOf(view, date);
  const calendar = useQuery(calendarQuery(from, to));
  const [open, setOpen] = useState<CalendarItem | null>(null);
  const moving = useMoving();
  if (calendar.isPending) return <RowsSkeleton rows={6} height={72} />;
  if (!calendar.data) return <LoadFailed error={calendar.error} onRetry={() => void calendar.refetch()} />;
  const items = calendar.data.filter(({ kind }) => shown.includes(kind));
  return (
    <>
      {view === 'agenda' ? (
        <Agenda items={items.filter(({ day }) => day >= from && day <= to)} onOpen={setOpen} />
      ) : (
        <Suspense fallback={<RowsSkeleton rows={6} height={72} />}>
          <CalendarGrid
            key={`${view} ${date}`}
            view={view}
            date={date}
            items={items}
            isPhone={isPhone}
            onOpen={setOpen}
            onMore={(day) => onGo({ view: 'agenda', date: day })}
            onDrop={moving.start}
          />
        </Suspense>
      )}
      {open && (
        <ItemDialog
          item={open}
          onClose={() => setOpen(null)}
          onMove={(item, place) => {
            setOpen(null);
            moving.start(item, place);
          }}
        />
      )}
      {moving.asked && <SeriesDialog item={moving.asked} onChoose={moving.choose} onClose={moving.cancel} />}
    </>
  );
}
