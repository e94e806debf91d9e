import { Anchor, Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useMe } from '../auth/account.ts';
import { NewPasswordField, passwordProblem } from '../auth/new-password-field.tsx';
import { Section } from '../settings/section.tsx';
import { useOwnerProof } from './use-owner-proof.tsx';

const t = texts.security.password;

/** Nothing tells whether an account has a password, so its owner does. */
export function PasswordSection() {
  const [isSetting, setSetting] = useState(false);
  return (
    <Section title={isSetting ? t.setTitle : t.title} hint={isSetting ? t.setHint : t.hint}>
      {isSetting ? <SetPassword onDone={() => setSetting(false)} /> : <ChangePassword />}
      <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setSetting(!isSetting)}>
        {isSetting ? t.hasOne : t.set}
      </Anchor>
    </Section>
  );
}

/** For password managers, which otherwise save the new password under no name. */
function HiddenUsername() {
  const me = useMe();
  return (
    <input
      type="text"
      hidden
      readOnly
      autoComplete="username"
      value={me.email ?? me.phone ?? me.username ?? ''}
    />
  );
}

function ChangePassword() {
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value ? null : texts.auth.missing.password),
      newPassword: passwordProblem,
    },
  });
  const problem = useFormProblem(form, {
    currentPassword: 'currentPassword',
    password: 'currentPassword',
    newPassword: 'newPassword',
  });
  const submit = form.onSubmit(async (body) => {
    setBusy(true);
    problem.clear();
    try {
      await unwrap(api.POST('/v1/auth/password/change', { body }));
      form.reset();
      toastDone(t.changed);
    } catch (error) {
      problem.show(error);
    } finally {
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.failed} message={problem.message} />
        <HiddenUsername />
        <PasswordInput
          label={t.current}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': texts.auth.showPassword }}
          {...form.getInputProps('currentPassword')}
        />
        <NewPasswordField label={t.new} {...form.getInputProps('newPassword')} />
        <Group>
          <Button type="submit" loading={busy}>
            {t.change}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SetPassword({ onDone }: { onDone: () => void }) {
  const proof = useOwnerProof();
  const [busy, setBusy] = useState(false);
  const form = useForm({ initialValues: { newPassword: '' }, validate: { newPassword: passwordProblem } });
  const problem = useFormProblem(form, { newPassword: 'newPassword' });
  const submit = form.onSubmit(async ({ newPassword }) => {
    setBusy(true);
    problem.clear();
    try {
      await proof.run(async ({ code }) => {
        await unwrap(api.POST('/v1/auth/password/set', { body: { newPassword, ...(code && { code }) } }));
      });
      toastDone(t.wasSet);
      onDone();
    } catch (error) {
      problem.show(error);
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.failed} message={problem.message} />
        <HiddenUsername />
        <NewPasswordField label={t.new} {...form.getInputProps('newPassword')} />
        <Group>
          <Button type="submit" loading={busy}>
            {t.setTitle}
          </Button>
        </Group>
      </Stack>
      {proof.dialog}
    </form>
  );
}
