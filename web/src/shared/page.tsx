import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** The column a page's content stands in. */
export function Page(props: { children: ReactNode; wide?: boolean }) {
  return (
    <Stack gap="lg" maw={props.wide ? 1080 : 760} mx="auto" w="100%" px="md" pt="xs" pb={48}>
      {props.children}
    </Stack>
  );
}
