import { Button, Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotencyKey, unwrap } from '../../shared/api.ts';
import { CopyButton } from '../../shared/copy-button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { TOKEN_KEYS } from './tokens-section.tsx';

const t = texts.security.tokens;
type Scope = keyof typeof t.scope;
const SCOPES = Object.keys(t.scope) as Scope[];
const EXPIRY = (['7', '30', '90', '365', '0'] as const).map((value) => ({ value, label: t.expiry[value] }));
const DAY_MS = 86_400_000;
const FIELDS = { name: 'name', scopes: 'scopes', expiresAt: 'days' };

function expiryOf(days: string): string | null {
  return days === '0' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
}

/** Asks what the token may do, then shows it this once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null);
  return (
    <Dialog
      opened
      insistent={token !== null}
      title={token === null ? t.createTitle : t.onceTitle}
      onClose={onClose}
    >
      {token === null ? <TokenForm onCreated={setToken} /> : <NewToken token={token} onClose={onClose} />}
    </Dialog>
  );
}

function TokenForm({ onCreated }: { onCreated: (token: string) => void }) {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { name: '', scopes: ['tasks:read'] as Scope[], days: '90' },
    validate: {
      name: (value) => (value.trim() ? null : t.nameMissing),
      scopes: (value) => (value.length > 0 ? null : t.scopesMissing),
    },
  });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async ({ name, scopes, days }) => {
    setBusy(true);
    problem.clear();
    try {
      const body = { name: name.trim(), scopes, expiresAt: expiryOf(days) };
      const params = { header: idempotencyKey() };
      const created = await unwrap(api.POST('/v1/auth/tokens', { params, body }));
      onCreated(created.token);
      await Promise.all(TOKEN_KEYS.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    } catch (error) {
      problem.show(error);
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard active={form.isDirty()} />
      <Stack>
        <FormProblem title={t.createFailed} message={problem.message} />
        <TextInput label={t.name} description={t.nameHint} data-autofocus {...form.getInputProps('name')} />
        <Checkbox.Group label={t.scopes} {...form.getInputProps('scopes')}>
          <Stack gap={10} mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={t.scope[scope]} description={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect label={t.expires} data={EXPIRY} {...form.getInputProps('days')} />
        <Button type="submit" loading={busy}>
          {t.create}
        </Button>
      </Stack>
    </form>
  );
}

function NewToken({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">{t.once}</Text>
      <TextInput
        label={t.value}
        value={token}
        readOnly
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
      />
      <div>
        <CopyButton text={token} label={t.copy} doneLabel={t.copied} />
      </div>
      <Button onClick={onClose}>{t.done}</Button>
    </Stack>
  );
}
