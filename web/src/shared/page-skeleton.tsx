import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { Page } from './page.tsx';
import { texts } from './texts.ts';

/** Grey lines where rows will be. */
export function RowsSkeleton(props: { rows?: number; height?: number }) {
  return (
    <Stack gap="xs" aria-busy="true">
      <VisuallyHidden role="status">{texts.app.loading}</VisuallyHidden>
      {Array.from({ length: props.rows ?? 4 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <Skeleton key={row} height={props.height ?? 56} radius="md" />
      ))}
    </Stack>
  );
}

/** A page whose code or data is still on its way. */
export function PageSkeleton() {
  return (
    <Page>
      <Skeleton height={34} maw={340} radius="md" />
      <RowsSkeleton />
    </Page>
  );
}
