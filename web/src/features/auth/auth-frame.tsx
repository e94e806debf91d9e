import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkAnchor } from '../../shared/links.tsx';
import { Logo } from '../../shared/logo.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import classes from './auth-frame.module.css';

/** The frame of the pages before sign-in: one card, one question. */
export function AuthFrame(props: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <main className={classes.page}>
      <LinkAnchor to="/" underline="never" c="inherit">
        <Logo />
      </LinkAnchor>
      <Paper className={classes.card} p={{ base: 'lg', xs: 'xl' }}>
        <Stack gap="lg">
          <Stack gap={6}>
            <PageTitle documentTitle={props.title} keepFocus>
              {props.title}
            </PageTitle>
            {props.lead && (
              <Text c="dimmed" className="break-words">
                {props.lead}
              </Text>
            )}
          </Stack>
          {props.children}
        </Stack>
      </Paper>
      {props.footer && (
        <Text size="sm" ta="center">
          {props.footer}
        </Text>
      )}
    </main>
  );
}
