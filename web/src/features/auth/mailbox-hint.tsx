import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';

const t = texts.auth;

/** Where no mail provider is set up the server keeps messages in a mailbox of its own. */
export function MailboxHint({ address }: { address: string }) {
  const mailbox = useQuery({
    queryKey: ['mailbox', address],
    queryFn: async () => {
      const { response } = await api.GET('/dev/mailbox/messages', { params: { query: { to: address } } });
      return response.status === 200;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!mailbox.data) return null;
  return (
    <Text size="sm" c="dimmed">
      {t.mailboxHint}{' '}
      <Anchor underline="always" href="/dev/mailbox" target="_blank" rel="noreferrer">
        {t.mailbox}
      </Anchor>
    </Text>
  );
}
