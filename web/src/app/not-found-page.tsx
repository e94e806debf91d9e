import { Container, Stack, Text } from '@mantine/core';
import { LinkButton } from '../shared/links.tsx';
import { LogoMark } from '../shared/logo.tsx';
import { PageTitle } from '../shared/page-title.tsx';
import { texts } from '../shared/texts.ts';

export function NotFoundPage() {
  return (
    <Container size="xs" py={80} px="md" component="main">
      <Stack gap="md" align="flex-start">
        <LogoMark size={40} />
        <PageTitle documentTitle={texts.errors.notFoundTitle}>{texts.errors.notFoundTitle}</PageTitle>
        <Text c="dimmed">{texts.errors.notFoundText}</Text>
        <LinkButton to="/">{texts.errors.notFoundHome}</LinkButton>
      </Stack>
    </Container>
  );
}
