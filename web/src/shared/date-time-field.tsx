import { Input, type InputWrapperProps, Skeleton } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';

/**
 * Date pickers bring a calendar and a date library with them, so they load after the page. Values are wall clock in
 * the person's zone: `YYYY-MM-DD HH:mm:ss` and `YYYY-MM-DD`.
 */
const DateTimePicker = lazy(() =>
  import('./date-pickers.tsx').then((m) => ({ default: m.DateTimePickerField })),
);
const DayPicker = lazy(() => import('./date-pickers.tsx').then((m) => ({ default: m.DayPickerField })));

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

function Placeholder({ label, hideLabel, flex }: DateFieldProps) {
  return (
    <Input.Wrapper label={hideLabel ? undefined : label} flex={flex} aria-busy="true">
      <Skeleton height={36} radius="md" />
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
