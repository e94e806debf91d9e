import { Input, type InputWrapperProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';

/** Resolves when the browser has nothing better to do, at the latest after `MOST_MS`. */
function whenIdle(): Promise<void> {
  const MOST_MS = 800;
  return new Promise((resolve) => {
    // Safari has no requestIdleCallback.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: MOST_MS });
    else setTimeout(resolve, MOST_MS / 4);
  });
}

/**
 * Date pickers bring a calendar and a date library with them, so they load after the page. Values are wall clock in
 * the person's zone: `YYYY-MM-DD HH:mm:ss` and `YYYY-MM-DD`.
 */
const pickers = () => whenIdle().then(() => import('./date-pickers.tsx'));
const DateTimePicker = lazy(() => pickers().then((module) => ({ default: module.DateTimePickerField })));
const DayPicker = lazy(() => pickers().then((module) => ({ default: module.DayPickerField })));

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

/** Looks like the empty field until the picker is there, so that nothing jumps. */
function Placeholder({ label, hideLabel, placeholder, flex }: DateFieldProps) {
  return (
    <Input.Wrapper label={hideLabel ? undefined : label} labelElement="div" flex={flex} aria-busy="true">
      <Input component="div" aria-hidden leftSection={<IconCalendar size={17} stroke={1.75} aria-hidden />}>
        <Input.Placeholder>{placeholder}</Input.Placeholder>
      </Input>
    </Input.Wrapper>
  );
}

export function DateTimeField(props: DateFieldProps) {
  return (
    <Suspense fallback={<Placeholder {...props} />}>
      <DateTimePicker {...props} />
    </Suspense>
  );
}

export function DayField(props: DateFieldProps) {
  return (
    <Suspense fallback={<Placeholder {...props} />}>
      <DayPicker {...props} />
    </Suspense>
  );
}
