import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ifMatch, type Merchant, unwrap } from '../../shared/api.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useMe } from '../auth/account.ts';

const t = texts.business;

type Field = keyof typeof t.fields;
type Values = Record<Field, string>;

const FIELDS = Object.fromEntries(Object.keys(t.fields).map((name) => [name, name]));
const required = (value: string) => (value.trim() ? null : t.missing);

function valuesOf(merchant: Merchant | null, email: string | null): Values {
  return {
    businessName: merchant?.businessName ?? '',
    category: merchant?.category ?? '',
    taxId: merchant?.taxId ?? '',
    address: merchant?.address ?? '',
    contactEmail: merchant?.contactEmail ?? email ?? '',
    contactPhone: merchant?.contactPhone ?? '',
    website: merchant?.website ?? '',
  };
}

/** What the API takes: trimmed, and null for what was left empty. */
function bodyOf({ contactPhone, website, ...rest }: Values) {
  return {
    businessName: rest.businessName.trim(),
    category: rest.category.trim(),
    taxId: rest.taxId.trim(),
    address: rest.address.trim(),
    contactEmail: rest.contactEmail.trim(),
    contactPhone: contactPhone.replaceAll(/[\s()./-]/g, '') || null,
    website: website.trim() || null,
  };
}

function useSaveBusiness(merchant: Merchant | null) {
  const queryClient = useQueryClient();
  return async (values: Values) => {
    try {
      const params = merchant ? { header: ifMatch(merchant.version) } : {};
      const call = api.PUT('/v1/users/me/merchant', { params, body: bodyOf(values) });
      queryClient.setQueryData(keys.merchant, await unwrap(call));
      void queryClient.invalidateQueries({ queryKey: keys.me });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error;
      await queryClient.invalidateQueries({ queryKey: keys.merchant });
      throw new Problem(412, { detail: t.conflict });
    }
  };
}

export function BusinessForm({ merchant }: { merchant: Merchant | null }) {
  const me = useMe();
  const save = useSaveBusiness(merchant);
  const [busy, setBusy] = useState(false);
  const form = useForm<Values>({
    initialValues: valuesOf(merchant, me.email),
    validate: {
      businessName: required,
      category: required,
      taxId: required,
      address: required,
      contactEmail: required,
    },
  });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    problem.clear();
    try {
      await save(values);
      form.resetDirty();
      toastDone(merchant ? t.saved : t.submitted);
    } catch (error) {
      problem.show(error);
    } finally {
      setBusy(false);
    }
  });
  const field = (name: Field) => ({ label: t.fields[name], ...form.getInputProps(name) });
  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard active={form.isDirty()} />
      <Stack>
        <FormProblem title={t.failed} message={problem.message} />
        <TextInput autoComplete="organization" {...field('businessName')} />
        <TextInput {...field('category')} />
        <TextInput {...field('taxId')} />
        <Textarea autosize minRows={2} autoComplete="street-address" {...field('address')} />
        <TextInput type="email" autoComplete="email" {...field('contactEmail')} />
        <TextInput type="tel" autoComplete="tel" placeholder={t.optional} {...field('contactPhone')} />
        <TextInput type="url" autoComplete="url" placeholder={t.optional} {...field('website')} />
        {merchant && (
          <Text size="sm" c="dimmed">
            {t.reviewAgain}
          </Text>
        )}
        <Group>
          <Button type="submit" loading={busy}>
            {merchant ? t.save : t.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
