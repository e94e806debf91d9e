import { Anchor, Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { ADDRESS_FIELDS, type Address, addressOf, addressText } from './address.ts';
import { AddressField, addressProblem } from './address-field.tsx';
import { CodeEntry, ResendLink } from './code-entry.tsx';
import { MailboxHint } from './mailbox-hint.tsx';
import type { SignInFlow } from './sign-in-state.ts';

const t = texts.access;

/** Asks where a code should go: by mail or to a phone. */
export function AskCode(props: {
  typed: string;
  submitLabel: string;
  onAsk: (address: Address) => Promise<void>;
}) {
  const [busy, setBusy] = useState(false);
  const form = useForm({ initialValues: { address: props.typed }, validate: { address: addressProblem } });
  const problem = useFormProblem(form, ADDRESS_FIELDS);
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    problem.clear();
    try {
      await props.onAsk(addressOf(values.address));
    } catch (error) {
      problem.show(error);
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.sendFailed} message={problem.message} />
        <AddressField description={t.phoneHint} {...form.getInputProps('address')} />
        <Button type="submit" loading={busy} fullWidth size="md" mt="xs">
          {props.submitLabel}
        </Button>
      </Stack>
    </form>
  );
}

export async function requestCode(address: Address): Promise<void> {
  await unwrap(api.POST('/v1/auth/otp/request', { body: address }));
}

/** Signs in with the code that was sent. */
export function CodeSignIn(props: { address: Address; sentAt: number; flow: SignInFlow }) {
  const { address, sentAt, flow } = props;
  const verify = async (code: string) => {
    const body = { ...address, code, rememberDevice: true, delivery: 'cookie' as const };
    flow.take(await unwrap(api.POST('/v1/auth/otp/verify', { body })));
  };
  const resend = async () => {
    await requestCode(address);
    flow.go({ kind: 'code', address, sentAt: Date.now() });
  };
  return (
    <Stack>
      <CodeEntry onCode={verify} hint={texts.auth.codeHint} />
      <Group justify="space-between" gap="xs">
        <ResendLink sentAt={sentAt} onResend={resend} />
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => flow.go({ kind: 'ask-code', typed: addressText(address) })}
        >
          {texts.auth.otherAddress}
        </Anchor>
      </Group>
      <MailboxHint address={addressText(address)} />
    </Stack>
  );
}
