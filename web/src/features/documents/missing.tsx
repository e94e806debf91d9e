import { Stack, Text } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { LinkButton } from '../../shared/links.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Problem } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';

const t = texts.documents;

/** Not there, not for me, or not even an id: all the same to the person. */
export function saysMissing(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 400);
}

export function Missing() {
  return (
    <Stack align="flex-start" py={40}>
      <Text c="dimmed" component="span" lh={0}>
        <IconFileOff size={36} stroke={1.5} aria-hidden />
      </Text>
      <PageTitle documentTitle={t.missingTitle}>{t.missingTitle}</PageTitle>
      <Text c="dimmed">{t.missingText}</Text>
      <LinkButton to="/documents" variant="default">
        {t.back}
      </LinkButton>
    </Stack>
  );
}
