import { Badge, Button, Divider, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { Section } from '../settings/section.tsx';
import { RecoveryCodesDialog } from './recovery-codes.tsx';
import { FACTOR_KEYS, secondFactorsQuery } from './second-factor-data.ts';
import { type TotpSecret, TotpSetupDialog } from './totp-setup.tsx';
import { TurnOffTotpDialog } from './turn-off-totp.tsx';
import { useOwnerProof } from './use-owner-proof.tsx';

const t = texts.security.second;

export function SecondFactorSection() {
  const factors = useQuery(secondFactorsQuery);
  return (
    <Section title={t.title} hint={t.hint}>
      {factors.isPending && <RowsSkeleton rows={2} />}
      {factors.isError && !factors.data && (
        <LoadFailed error={factors.error} onRetry={() => void factors.refetch()} />
      )}
      {factors.data && (
        <>
          <AuthenticatorApp isOn={factors.data.totp} codesLeft={factors.data.recoveryCodesLeft} />
          <Divider />
          <MessageFactor isOn={factors.data.email} />
        </>
      )}
    </Section>
  );
}

function useRefreshFactors() {
  const queryClient = useQueryClient();
  return () => Promise.all(FACTOR_KEYS.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

function AuthenticatorApp({ isOn, codesLeft }: { isOn: boolean; codesLeft: number }) {
  const proof = useOwnerProof();
  const refresh = useRefreshFactors();
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isTurningOff, setTurningOff] = useState(false);

  const begin = () =>
    proof
      .run(async (body) => setSecret(await unwrap(api.POST('/v1/auth/2fa/totp/setup', { body }))))
      .catch((error) => toastFailed(t.failed, error));
  const renew = () =>
    proof
      .run(async (body) => {
        const { recoveryCodes } = await unwrap(api.POST('/v1/auth/2fa/recovery-codes', { body }));
        setCodes(recoveryCodes);
        await refresh();
      })
      .catch((error) => toastFailed(t.failed, error));
  const confirmed = (recoveryCodes: string[]) => {
    setSecret(null);
    setCodes(recoveryCodes);
    void refresh();
  };
  return (
    <Stack gap="sm">
      <AppState isOn={isOn} codesLeft={codesLeft} />
      <Group gap="xs">
        {isOn ? (
          <>
            <Button size="xs" variant="default" onClick={() => void renew()}>
              {t.renew}
            </Button>
            <Button size="xs" variant="default" aria-label={t.turnOffApp} onClick={() => setTurningOff(true)}>
              {t.turnOff}
            </Button>
          </>
        ) : (
          <Button size="xs" onClick={() => void begin()}>
            {t.setUp}
          </Button>
        )}
      </Group>
      {proof.dialog}
      {secret && <TotpSetupDialog secret={secret} onConfirmed={confirmed} onClose={() => setSecret(null)} />}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
      {isTurningOff && (
        <TurnOffTotpDialog onClose={() => setTurningOff(false)} onDone={() => void refresh()} />
      )}
    </Stack>
  );
}

function AppState({ isOn, codesLeft }: { isOn: boolean; codesLeft: number }) {
  return (
    <div>
      <Group gap={8}>
        <Text fw={550}>{t.app}</Text>
        {isOn && (
          <Badge variant="light" tt="none">
            {t.on}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {isOn ? t.appOn(codesLeft) : t.appOff}
      </Text>
    </div>
  );
}

function MessageFactor({ isOn }: { isOn: boolean }) {
  const proof = useOwnerProof();
  const refresh = useRefreshFactors();
  const change = async (enabled: boolean) => {
    try {
      await proof.run(async (given) => {
        await unwrap(api.POST('/v1/auth/2fa/email', { body: { enabled, ...given } }));
      });
      toastDone(enabled ? t.messageOn : t.messageOff);
      await refresh();
    } catch (error) {
      toastFailed(t.failed, error);
    }
  };
  return (
    <>
      <Switch
        label={t.messageSwitch}
        description={t.messageHint}
        checked={isOn}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
      {proof.dialog}
    </>
  );
}
