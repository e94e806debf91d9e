import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { bytes } from '../../shared/format.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { useClock } from '../auth/account.ts';
import { Section } from '../settings/section.tsx';

const t = texts.security.data;

/** Asks for an archive of everything; it takes a while, so a notification says when it is there. */
export function DataSection() {
  const clock = useClock();
  const ask = useMutation({
    mutationFn: () => unwrap(api.GET('/v1/users/me/export')),
    onError: (error) => toastFailed(t.failed, error),
  });
  const archive = ask.data;
  return (
    <Section title={t.title} hint={t.hint}>
      {archive && (
        <Text size="sm" role="status">
          {archive.downloadUrl ? t.ready(bytes(archive.sizeBytes ?? 0, clock)) : t.pending}
        </Text>
      )}
      <Group>
        {archive?.downloadUrl ? (
          <Button
            component="a"
            href={archive.downloadUrl}
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t.download}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={ask.isPending}
            disabled={archive !== undefined}
            onClick={() => ask.mutate()}
          >
            {t.ask}
          </Button>
        )}
      </Group>
    </Section>
  );
}
