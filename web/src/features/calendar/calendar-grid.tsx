import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import '@fullcalendar/react/themes/classic/palette.css';
import './calendar-grid.css';
import FullCalendar, { type EventDropInfo, type EventInput } from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import classicTheme from '@fullcalendar/react/themes/classic';
import timeGrid from '@fullcalendar/react/timegrid';
import type { CalendarItem } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { clockTime } from '../../shared/time.ts';
import { instantToWall, wallToInstant } from '../../shared/zone.ts';
import { useClock } from '../auth/account.ts';
import { isMovable, type Place } from './calendar-data.ts';
import type { CalendarView } from './calendar-search.ts';
import { KindIcon } from './kind-icon.tsx';

const t = texts.calendar;
const PLUGINS = [dayGrid, timeGrid, interaction, classicTheme];
const MINUTE_MS = 60_000;
const SHORTEST_MINUTES = 30;

interface CalendarGridProps {
  view: Exclude<CalendarView, 'agenda'>;
  date: string;
  items: readonly CalendarItem[];
  isPhone: boolean;
  onOpen: (item: CalendarItem) => void;
  onMore: (day: string) => void;
  onDrop: (item: CalendarItem, to: Place) => void;
}

/**
 * The grid is told the clock on the person's wall as if it were UTC, so that it shows their zone, and DST of the
 * browser's zone never comes in between.
 */
function toEvent(item: CalendarItem, zone: string): EventInput {
  const wall = `${instantToWall(item.start, zone).replace(' ', 'T')}Z`;
  const minutes = Math.max(item.minutes ?? 0, SHORTEST_MINUTES);
  const end = new Date(Date.parse(wall) + minutes * MINUTE_MS).toISOString();
  return {
    id: `${item.kind} ${item.id} ${item.start}`,
    title: item.title,
    allDay: item.allDay,
    ...(item.allDay ? { start: item.day } : { start: wall, end }),
    startEditable: isMovable(item),
    extendedProps: { item },
  };
}

const itemOf = (event: { extendedProps: Record<string, unknown> }) =>
  event.extendedProps.item as CalendarItem;

/** Month and week, in a chunk of its own: FullCalendar is as heavy as all of Today. */
export function CalendarGrid(props: CalendarGridProps) {
  const { view, date, items, isPhone, onOpen, onMore, onDrop } = props;
  const clock = useClock();
  const drop = ({ event, revert }: EventDropInfo) => {
    const item = itemOf(event);
    const wall = event.start?.toISOString() ?? '';
    // What is shown comes from the items alone: a move puts it there, and taking it back needs no second way.
    revert();
    onDrop(
      item,
      event.allDay || view === 'month'
        ? { day: wall.slice(0, 10) }
        : { start: wallToInstant(wall.slice(0, 19).replace('T', ' '), clock.zone) },
    );
  };
  return (
    <FullCalendar
      key={view}
      plugins={PLUGINS}
      initialView={view === 'month' ? 'dayGridMonth' : 'timeGridWeek'}
      initialDate={date}
      headerToolbar={false}
      dayHeaderContent={({ text, weekdayText, dayNumberText }) =>
        // Where it is narrow it would name the days of a week without their dates.
        isPhone && view === 'week' ? `${weekdayText} ${dayNumberText}` : text
      }
      timeZone="UTC"
      now={() => `${instantToWall(new Date(), clock.zone).replace(' ', 'T')}Z`}
      locale={clock.locale}
      firstDay={1}
      height="auto"
      nowIndicator
      scrollTime="07:00:00"
      slotMinTime="06:00:00"
      allDayText={t.allDayAxis}
      timedText={t.timedAxis}
      weekTextLong={t.views.week}
      dayMaxEvents={isPhone ? 3 : 4}
      fixedWeekCount
      editable
      eventDurationEditable={false}
      eventInteractive
      events={items.map((item) => toEvent(item, clock.zone))}
      eventClass={({ event }) => {
        const { kind, projected, status } = itemOf(event);
        return `cal-event cal-${kind}${projected ? ' cal-projected' : ''}${status === 'completed' ? ' cal-done' : ''}`;
      }}
      eventBeforeClass="cal-before"
      eventContent={({ event }) => {
        const item = itemOf(event);
        return (
          <span className="cal-content" title={item.title} data-task={item.taskId ?? undefined}>
            <KindIcon item={item} />
            {!isPhone && !item.allDay && <span className="cal-time">{clockTime(item.start, clock)}</span>}
            <span className="cal-title">{item.title}</span>
          </span>
        );
      }}
      eventClick={({ event, jsEvent }) => {
        jsEvent.preventDefault();
        onOpen(itemOf(event));
      }}
      eventDrop={drop}
      moreLinkClass="cal-more"
      moreLinkContent={({ num }) => t.more(num)}
      moreLinkClick={({ date: day }) => {
        onMore(day.toISOString().slice(0, 10));
      }}
    />
  );
}
