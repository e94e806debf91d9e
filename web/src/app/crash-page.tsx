import { Button, Container, Group, Stack, Text } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { LinkButton } from '../shared/links.tsx';
import { PageTitle } from '../shared/page-title.tsx';
import { messageOf, Problem } from '../shared/problem.ts';
import { texts } from '../shared/texts.ts';

/** Where a page could not be shown at all. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const requestId = error instanceof Problem ? error.requestId : null;
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="xs" py={80} px="md" component="main">
      <Stack gap="md" role="alert">
        <PageTitle documentTitle={texts.errors.crashTitle}>{texts.errors.crashTitle}</PageTitle>
        {error instanceof Problem && <Text fw={500}>{messageOf(error)}</Text>}
        <Text c="dimmed">{texts.errors.crashText}</Text>
        {requestId && (
          <Text size="sm" ff="monospace" c="dimmed" className="break-words">
            {texts.errors.requestId(requestId)}
          </Text>
        )}
        <Group>
          <Button onClick={again}>{texts.errors.reload}</Button>
          <LinkButton to="/today" variant="default">
            {texts.errors.toToday}
          </LinkButton>
        </Group>
      </Stack>
    </Container>
  );
}
