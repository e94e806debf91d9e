import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import type { CalendarItem } from '../../shared/api.ts';
import { writeDay } from '../../shared/format.ts';
import { LinkButton } from '../../shared/links.tsx';
import { Empty } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { clockTime, dayWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayOf } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import classes from './agenda.module.css';
import { KindIcon } from './kind-icon.tsx';

const t = texts.calendar;

function byDay(items: readonly CalendarItem[]): [string, CalendarItem[]][] {
  const days = new Map<string, CalendarItem[]>();
  for (const item of items) days.set(item.day, [...(days.get(item.day) ?? []), item]);
  return [...days].sort(([a], [b]) => a.localeCompare(b));
}

/** Day after day as a list: the calendar of a phone, and of whoever reads rather than looks. */
export function Agenda({
  items,
  onOpen,
}: {
  items: readonly CalendarItem[];
  onOpen: (item: CalendarItem) => void;
}) {
  if (items.length === 0) {
    return (
      <Empty
        icon={<IconCalendarOff size={36} stroke={1.5} aria-hidden />}
        title={t.emptyTitle}
        text={t.emptyText}
      >
        <LinkButton to="/tasks" variant="default" mt="sm">
          {texts.tasks.add}
        </LinkButton>
      </Empty>
    );
  }
  return (
    <Stack gap="md">
      {byDay(items).map(([day, list]) => (
        <AgendaDay key={day} day={day} items={list} onOpen={onOpen} />
      ))}
    </Stack>
  );
}

interface AgendaDayProps {
  day: string;
  items: readonly CalendarItem[];
  onOpen: (item: CalendarItem) => void;
}

function AgendaDay({ day, items, onOpen }: AgendaDayProps) {
  const clock = useClock();
  const now = useNow();
  const isToday = day === dayOf(now, clock.zone);
  return (
    <section aria-label={writeDay(day, clock, { dateStyle: 'full' })}>
      <Title
        order={2}
        size="h3"
        mb={4}
        className="capital"
        c={isToday ? 'var(--mantine-color-anchor)' : undefined}
      >
        {dayWords(day, clock, now)}
      </Title>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={`${item.kind} ${item.id} ${item.start}`}>
            <AgendaItem item={item} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AgendaItem({ item, onOpen }: { item: CalendarItem; onOpen: (item: CalendarItem) => void }) {
  const clock = useClock();
  return (
    <UnstyledButton
      className={classes.item}
      data-task={item.taskId ?? undefined}
      onClick={() => onOpen(item)}
    >
      <Text component="span" size="sm" c="dimmed" className={`${classes.time} capital`}>
        {item.allDay ? t.allDay : clockTime(item.start, clock)}
      </Text>
      <KindIcon item={item} size={18} />
      <span className={classes.what}>
        <span className="break-words" data-done={item.status === 'completed' || undefined}>
          {item.title}
        </span>
        <Text component="span" size="sm" c="dimmed">
          {t.kind[item.kind]}
          {item.status === 'completed' && `, ${t.done}`}
          {item.recurring && `, ${t.repeats}`}
        </Text>
      </span>
    </UnstyledButton>
  );
}
