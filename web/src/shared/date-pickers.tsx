import '@mantine/dates/styles.css';
import { DatePickerInput, DateTimePicker } from '@mantine/dates';
import { useMediaQuery } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import type { DateFieldProps } from './date-time-field.tsx';
import { texts } from './texts.ts';
import { englishLocale } from './time.ts';
import { addDays, dayOf } from './zone.ts';

const t = texts.picker;

function useLook({ label, hideLabel, placeholder, value, error, flex, onChange }: DateFieldProps) {
  const isPhone = useMediaQuery('(max-width: 30em)') ?? false;
  return {
    label: hideLabel ? undefined : label,
    // The field is a button: its name has to carry both what it is and what is in it.
    'aria-label': hideLabel ? label : undefined,
    placeholder,
    value: value ?? null,
    onChange,
    error,
    flex,
    clearable: true,
    clearButtonProps: { 'aria-label': texts.app.clear },
    leftSection: <IconCalendar size={17} stroke={1.75} aria-hidden />,
    dropdownType: isPhone ? ('modal' as const) : ('popover' as const),
    modalProps: { title: label, closeButtonProps: { 'aria-label': texts.app.close } },
    firstDayOfWeek: 1 as const,
    ariaLabels: {
      previousMonth: t.previousMonth,
      nextMonth: t.nextMonth,
      monthLevelControl: t.changeLevel,
    },
  };
}

function locale(): string {
  return englishLocale(navigator.languages);
}

function isTwelveHours(): boolean {
  return new Intl.DateTimeFormat(locale(), { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
}

/** `2026-12-09 09:00:00` → "Wed, 9 Dec 2026, 9:00". The value is a wall clock, so it is written as UTC. */
function writeWall(wall: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale(), options).format(new Date(`${wall.replace(' ', 'T')}Z`));
}

function writeDay(day: string): string {
  const options = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  } as const;
  return new Intl.DateTimeFormat(locale(), options).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

export function DateTimePickerField(props: DateFieldProps) {
  const look = useLook(props);
  const today = dayOf(new Date(), props.zone);
  return (
    <DateTimePicker
      {...look}
      valueFormat={writeWall}
      defaultTimeValue="09:00:00"
      presets={[
        { value: `${today} 18:00:00`, label: t.today18 },
        { value: `${addDays(today, 1)} 09:00:00`, label: t.tomorrow9 },
        { value: `${addDays(today, 7)} 09:00:00`, label: t.nextWeek },
      ]}
      timePickerProps={{
        format: isTwelveHours() ? '12h' : '24h',
        hoursInputLabel: t.hours,
        minutesInputLabel: t.minutes,
        amPmInputLabel: t.amPm,
      }}
      submitButtonProps={{ 'aria-label': t.done }}
    />
  );
}

export function DayPickerField(props: DateFieldProps) {
  return (
    <DatePickerInput
      {...useLook(props)}
      valueFormatter={({ date }) => (typeof date === 'string' ? writeDay(date) : '')}
    />
  );
}
