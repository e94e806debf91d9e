import { Input, type InputWrapperProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';

/**
 * Date pickers bring a calendar, a popover and a date library with them (50 KB), so an empty field is a plain button
 * that fetches its picker when it is pointed at or focused. Values are wall clock in the person's zone:
 * `YYYY-MM-DD HH:mm:ss` and `YYYY-MM-DD`.
 */
const load = () => import('./date-pickers.tsx');
const DateTimePicker = lazy(() => load().then((module) => ({ default: module.DateTimePickerField })));
const DayPicker = lazy(() => load().then((module) => ({ default: module.DayPickerField })));

export interface DateFieldProps {
  label: string;
  /** The label is told to screen readers only. */
  hideLabel?: boolean;
  placeholder: string;
  /** The person's zone, for what "today" is. */
  zone: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  error?: ReactNode;
  flex?: InputWrapperProps['flex'];
}

/** The field before its picker is there: it looks and is named the same. */
function Resting(props: DateFieldProps & { onOpen?: () => void }) {
  const { label, hideLabel, placeholder, error, flex, onOpen } = props;
  return (
    <Input.Wrapper label={hideLabel ? undefined : label} labelElement="div" error={error} flex={flex}>
      <Input
        component="button"
        type="button"
        pointer
        error={Boolean(error)}
        aria-label={`${label}: ${placeholder}`}
        aria-haspopup="dialog"
        leftSection={<IconCalendar size={17} stroke={1.75} aria-hidden />}
        onPointerEnter={load}
        onFocus={load}
        onClick={onOpen}
      >
        <Input.Placeholder>{placeholder}</Input.Placeholder>
      </Input>
    </Input.Wrapper>
  );
}

function LazyField(props: DateFieldProps & { picker: typeof DateTimePicker | typeof DayPicker }) {
  const { picker: Picker, ...field } = props;
  const [asked, setAsked] = useState(false);
  const resting = <Resting {...field} onOpen={() => setAsked(true)} />;
  if (!asked && !field.value) return resting;
  return (
    <Suspense fallback={resting}>
      <Picker {...field} openAtOnce={asked} />
    </Suspense>
  );
}

export function DateTimeField(props: DateFieldProps) {
  return <LazyField {...props} picker={DateTimePicker} />;
}

export function DayField(props: DateFieldProps) {
  return <LazyField {...props} picker={DayPicker} />;
}
