import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { keys } from '../../shared/query.ts';
import list from '../../shared/query-list.module.css';
import { ListRow } from '../../shared/query-list.tsx';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useMe } from '../auth/account.ts';
import { CodeEntry } from '../auth/code-entry.tsx';
import { MailboxHint } from '../auth/mailbox-hint.tsx';
import type { Proof } from '../security/owner-proof.tsx';
import { useOwnerProof } from '../security/use-owner-proof.tsx';
import { Section } from '../settings/section.tsx';

const t = texts.security.address;
type Kind = 'email' | 'phone';

async function askForChange(kind: Kind, address: string, proof: Partial<Proof>): Promise<void> {
  if (kind === 'email') {
    await unwrap(api.POST('/v1/auth/email/change', { body: { newEmail: address, ...proof } }));
  } else {
    await unwrap(api.POST('/v1/auth/phone/change', { body: { newPhone: address, ...proof } }));
  }
}

async function finishChange(kind: Kind, address: string, code: string): Promise<void> {
  if (kind === 'email') {
    await unwrap(api.POST('/v1/auth/email/change/verify', { body: { newEmail: address, code } }));
  } else {
    await unwrap(api.POST('/v1/auth/phone/change/verify', { body: { newPhone: address, code } }));
  }
}

/** Where messages and codes go. */
export function AddressSection() {
  const me = useMe();
  const [changing, setChanging] = useState<Kind | null>(null);
  return (
    <Section title={t.title} hint={t.hint}>
      <ul className={list.list}>
        {(['email', 'phone'] as const).map((kind) => (
          <ListRow key={kind} title={t[kind]} meta={me[kind] ?? t.none}>
            <Button
              size="xs"
              variant="default"
              aria-label={me[kind] ? t.changeLabel[kind] : t.addLabel[kind]}
              onClick={() => setChanging(kind)}
            >
              {me[kind] ? t.change : t.add}
            </Button>
          </ListRow>
        ))}
      </ul>
      {changing && <ChangeDialog kind={changing} onClose={() => setChanging(null)} />}
    </Section>
  );
}

function ChangeDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const queryClient = useQueryClient();
  const finish = async (code: string) => {
    await finishChange(kind, sentTo ?? '', code);
    await queryClient.invalidateQueries({ queryKey: keys.me });
    toastDone(t.changed);
    onClose();
  };
  return (
    <Dialog opened insistent={sentTo !== null} title={t.changeLabel[kind]} onClose={onClose}>
      {sentTo === null ? (
        <NewAddress
          kind={kind}
          typed={typed}
          onSent={(address) => {
            setTyped(address);
            setSentTo(address);
          }}
        />
      ) : (
        <Stack>
          <Text size="sm" className="break-words">
            {t.sentTo} <strong>{sentTo}</strong>.
          </Text>
          <CodeEntry onCode={finish} hint={texts.auth.codeHint} />
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setSentTo(null)}>
            {texts.auth.otherAddress}
          </Anchor>
          <MailboxHint address={sentTo} />
        </Stack>
      )}
    </Dialog>
  );
}

function NewAddress(props: { kind: Kind; typed: string; onSent: (address: string) => void }) {
  const { kind, typed: before, onSent } = props;
  const proof = useOwnerProof();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { address: before },
    validate: { address: (value) => (value.trim() ? null : t.missing) },
  });
  const problem = useFormProblem(form, { newEmail: 'address', newPhone: 'address' });
  const submit = form.onSubmit(async (values) => {
    const typed = values.address.trim();
    const address = kind === 'email' ? typed : typed.replaceAll(/[\s()./-]/g, '');
    setBusy(true);
    problem.clear();
    try {
      await proof.run((given) => askForChange(kind, address, given));
      onSent(address);
    } catch (error) {
      problem.show(error);
      setBusy(false);
    }
  });
  const isEmail = kind === 'email';
  return (
    <>
      <form onSubmit={submit} noValidate>
        <LeaveGuard active={form.isDirty()} />
        <Stack>
          <FormProblem title={t.failed} message={problem.message} />
          <TextInput
            label={isEmail ? t.newEmail : t.newPhone}
            description={isEmail ? undefined : t.phoneHint}
            type={isEmail ? 'email' : 'tel'}
            autoComplete={isEmail ? 'email' : 'tel'}
            data-autofocus
            {...form.getInputProps('address')}
          />
          <Group>
            <Button type="submit" loading={busy}>
              {t.send}
            </Button>
          </Group>
        </Stack>
      </form>
      {proof.dialog}
    </>
  );
}
