import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkButton } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';

/** What was done, and the way on to the sign-in. */
export function DoneThenSignIn(props: { text: string; children?: ReactNode }) {
  return (
    <Stack role="status">
      <Text>{props.text}</Text>
      {props.children}
      <LinkButton to="/sign-in" fullWidth size="md">
        {texts.auth.signIn}
      </LinkButton>
    </Stack>
  );
}
