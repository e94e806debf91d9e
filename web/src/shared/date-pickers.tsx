import '@mantine/dates/styles.css';
import './date-pickers.css';
import { DatePickerInput, DateTimePicker } from '@mantine/dates';
import { useMediaQuery } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import { dateFormat } from './date-format.ts';
import type { DateFieldProps } from './date-time-field.tsx';
import { browserLocale as locale, texts } from './texts.ts';
import { addDays, dayOf } from './zone.ts';

const t = texts.picker;

type PickerProps = DateFieldProps & { openAtOnce: boolean };

/** Opens the picker and gives it the focus when it comes in the place of the button that was clicked. */
function useOpenAtOnce(openAtOnce: boolean) {
  const field = useRef<HTMLButtonElement>(null);
  const isDone = useRef(!openAtOnce);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    field.current?.focus();
    field.current?.click();
  }, []);
  return field;
}

/** What both pickers share. `written`: the value as it stands in the field. */
function useLook(props: PickerProps, written: string | null) {
  const { label, hideLabel, placeholder, value, error, flex, onChange } = props;
  const isPhone = useMediaQuery('(max-width: 36em)') ?? false;
  const id = useId();
  return {
    // The popover names its dialog after the element with its own id, which has to be the field then.
    id,
    ref: useOpenAtOnce(props.openAtOnce),
    label: hideLabel ? undefined : label,
    // The field is a button: its name says what it is and what is in it.
    'aria-label': `${label}: ${written ?? placeholder}`,
    placeholder,
    value: value ?? null,
    onChange,
    error,
    flex,
    clearable: true,
    clearButtonProps: { 'aria-label': texts.app.clear },
    leftSection: <IconCalendar size={17} stroke={1.75} aria-hidden />,
    dropdownType: isPhone ? ('modal' as const) : ('popover' as const),
    modalProps: { centered: true, withCloseButton: false, attributes: { content: { 'aria-label': label } } },
    popoverProps: { id, position: 'bottom-end' as const, radius: 'lg', shadow: 'md' },
    firstDayOfWeek: 1 as const,
    hideOutsideDates: true,
    highlightToday: true,
    ariaLabels: {
      previousMonth: t.previousMonth,
      nextMonth: t.nextMonth,
    },
  };
}

function isTwelveHours(): boolean {
  return new Intl.DateTimeFormat(locale(), { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
}

/** `2026-12-09 09:00:00` → "9 Dec 2026, 9:00". The value is a wall clock, so it is written as UTC. */
function writeWall(wall: string): string {
  return dateFormat(locale(), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(`${wall.replace(' ', 'T')}Z`));
}

function writeDay(day: string): string {
  const options = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  } as const;
  return dateFormat(locale(), options).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

export function DateTimePickerField(props: PickerProps) {
  const look = useLook(props, props.value ? writeWall(props.value) : null);
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
      submitButtonProps={{ 'aria-label': t.done, variant: 'filled' }}
    />
  );
}

export function DayPickerField(props: PickerProps) {
  const look = useLook(props, props.value ? writeDay(props.value) : null);
  return (
    <DatePickerInput
      {...look}
      valueFormatter={({ date }) => (typeof date === 'string' ? writeDay(date) : '')}
    />
  );
}
