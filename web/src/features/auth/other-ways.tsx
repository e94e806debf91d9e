import { Button, Divider, Stack } from '@mantine/core';
import { IconFingerprint, IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { browserLocale, texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { browserZone } from '../../shared/zone.ts';
import { hasPasskeys, passkeySignIn, stopWaitingForPasskey } from './passkey.ts';
import type { SignInFlow } from './sign-in-state.ts';

const t = texts.access;

interface OtherWaysProps {
  flow: SignInFlow;
  typed: string;
  next: string | undefined;
}

/** Everything that is not the password. */
export function OtherWays({ flow, typed, next }: OtherWaysProps) {
  return (
    <Stack gap="xs">
      <Divider label={t.or} labelPosition="center" />
      {hasPasskeys() && <PasskeyButton flow={flow} />}
      <Button
        variant="default"
        fullWidth
        leftSection={<IconMail size={18} aria-hidden />}
        onClick={() => flow.go({ kind: 'ask-code', typed })}
      >
        {t.ways.code}
      </Button>
      <Providers next={next} />
    </Stack>
  );
}

function PasskeyButton({ flow }: { flow: SignInFlow }) {
  const [busy, setBusy] = useState(false);
  const signIn = async (autofill: boolean) => {
    try {
      const answer = await passkeySignIn({ autofill });
      if (answer) flow.take(answer);
    } catch (error) {
      toastFailed(t.passkeyFailed, error);
    } finally {
      setBusy(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wait begins once, with the page
  useEffect(() => {
    void signIn(true);
    return () => void stopWaitingForPasskey();
  }, []);
  return (
    <Button
      variant="default"
      fullWidth
      loading={busy}
      leftSection={<IconFingerprint size={18} aria-hidden />}
      onClick={() => {
        setBusy(true);
        void signIn(false);
      }}
    >
      {t.ways.passkey}
    </Button>
  );
}

/** Google, or the provider that is set up here; mostly none is. */
function Providers({ next }: { next: string | undefined }) {
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: () => unwrap(api.GET('/v1/auth/providers')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // For a new account. They go to our own server, which keeps them from the provider.
  const told = { locale: browserLocale(), timeZone: browserZone() };
  const query = `?${new URLSearchParams({ returnTo: next ?? '/today', ...told })}`;
  return providers.data?.items.map(({ name, url }) => (
    <Button key={url} component="a" href={url + query} variant="default" fullWidth>
      {t.ways.provider(name)}
    </Button>
  ));
}
