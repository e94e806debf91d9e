import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { texts } from '../../shared/texts.ts';
import { samplesQuery, useSamples } from './samples-data.ts';

const t = texts.samples;

/** Offers examples to somebody who has nothing yet, and the way to be rid of them. */
export function SampleOffer() {
  const samples = useQuery(samplesQuery).data;
  const change = useSamples();
  if (samples === undefined) return null;
  if (samples.ids.length > 0) {
    return (
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {t.noteText}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          loading={change.isPending}
          onClick={() => change.mutate(samples.ids)}
        >
          {t.remove}
        </Button>
      </Group>
    );
  }
  if (!samples.isNew) return null;
  return (
    <Paper p="lg" component="section" aria-labelledby="samples">
      <Stack gap="sm" align="flex-start">
        <Title order={2} id="samples">
          {t.offerTitle}
        </Title>
        <Text size="sm" c="dimmed">
          {t.offerText}
        </Text>
        <Button
          variant="light"
          leftSection={<IconCompass size={18} aria-hidden />}
          loading={change.isPending}
          onClick={() => change.mutate(null)}
        >
          {t.offer}
        </Button>
      </Stack>
    </Paper>
  );
}
