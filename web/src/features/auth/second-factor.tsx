import { Anchor, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type SecondFactorRequired, type User, unwrap } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { CodeEntry, ResendLink } from './code-entry.tsx';
import { SecretEntry } from './secret-entry.tsx';

const t = texts.access.second;

type Method = SecondFactorRequired['methods'][number];

const isMessage = (method: Method): method is 'email' | 'sms' => method === 'email' || method === 'sms';
const isTyped = (method: Method): method is 'recovery' | 'password' =>
  method === 'recovery' || method === 'password';

interface SecondFactorProps {
  required: SecondFactorRequired;
  onSignedIn: (answer: { user: User }) => void;
  onRestart: () => void;
}

/** What comes after the right password: a code of the app, of a message, a recovery code, or the password. */
export function SecondFactor({ required, onSignedIn, onRestart }: SecondFactorProps) {
  const { challenge, methods } = required;
  const [method, setMethod] = useState<Method>(methods[0] ?? 'totp');
  const [trustDevice, setTrustDevice] = useState(false);
  // Where a message is the first way the server has sent it by itself.
  const [sentAt, setSentAt] = useState(Date.now);

  const send = async (how: 'email' | 'sms') => {
    await unwrap(api.POST('/v1/auth/login/second-factor/send', { body: { challenge, method: how } }));
    setSentAt(Date.now());
  };
  const choose = async (next: Method) => {
    try {
      if (isMessage(next)) {
        await send(next);
        toastDone(texts.auth.resent);
      }
      setMethod(next);
    } catch (error) {
      toastFailed(texts.access.sendFailed, error);
    }
  };
  const answer = async (code: string) => {
    const body = { challenge, method, code, trustDevice, delivery: 'cookie' as const };
    onSignedIn(await unwrap(api.POST('/v1/auth/login/second-factor', { body })));
  };

  return (
    <Stack>
      <Text c="dimmed">{t.lead[method]}</Text>
      {/* Above the boxes: the last digit submits. */}
      <Checkbox
        label={t.trust}
        checked={trustDevice}
        onChange={(event) => setTrustDevice(event.currentTarget.checked)}
      />
      {isTyped(method) ? (
        <SecretEntry key={method} kind={method} onSecret={answer} />
      ) : (
        <CodeEntry key={method} onCode={answer} />
      )}
      {isMessage(method) && <ResendLink key={method} sentAt={sentAt} onResend={() => send(method)} />}
      <Group gap="xs" justify="space-between" align="flex-start">
        <OtherMethods methods={methods.filter((other) => other !== method)} onChoose={choose} />
        <Anchor component="button" type="button" size="sm" onClick={onRestart}>
          {t.restart}
        </Anchor>
      </Group>
    </Stack>
  );
}

function OtherMethods(props: { methods: Method[]; onChoose: (method: Method) => Promise<void> }) {
  return (
    <Stack gap={6} align="flex-start">
      {props.methods.map((method) => (
        <Anchor
          key={method}
          component="button"
          type="button"
          size="sm"
          onClick={() => void props.onChoose(method)}
        >
          {t.use[method]}
        </Anchor>
      ))}
    </Stack>
  );
}
