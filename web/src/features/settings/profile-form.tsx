import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { flushSync } from 'react-dom';
import { api, ifMatch, type Me, unwrap } from '../../shared/api.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../shared/language.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { FormProblem } from '../../shared/states.tsx';
import { language, texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { browserZone, isSameZone } from '../../shared/zone.ts';
import { meQuery, speakAs, useMe } from '../auth/account.ts';
import { refreshTasks } from '../tasks/task-cache.ts';
import { AvatarField } from './avatar.tsx';
import { countries } from './countries.ts';
import { changesOf, PROFILE_FIELDS, type ProfileValues, valuesOf } from './profile-values.ts';
import { Section } from './section.tsx';

const t = texts.settings;
const p = texts.profile;
const COUNTRIES = countries(language);

/** Every zone the browser knows; the one of the profile is kept even if this browser does not know it. */
function zonesWith(current: string): string[] {
  return [...new Set(['UTC', current, browserZone(), ...Intl.supportedValuesOf('timeZone')])].sort();
}

function useSaveProfile() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ me, values }: { me: Me; values: ProfileValues }) =>
      unwrap(
        api.PATCH('/v1/users/me', {
          params: { header: ifMatch(me.version) },
          body: changesOf(values, me),
        }),
      ),
    onSuccess: (user) => {
      queryClient.setQueryData(keys.me, user);
      void refreshTasks(queryClient);
    },
  });
}

export function ProfileForm() {
  const me = useMe();
  const queryClient = useQueryClient();
  const save = useSaveProfile();
  const form = useForm<ProfileValues>({
    initialValues: valuesOf(me),
    validate: { name: (value) => (value.trim() ? null : texts.auth.missing.name) },
  });
  const problem = useFormProblem(form, PROFILE_FIELDS);
  const isDirty = Object.keys(changesOf(form.values, me)).length > 0;

  const submit = form.onSubmit(async (values) => {
    problem.clear();
    try {
      const user = await save.mutateAsync({ me, values });
      // At once: the page may be loaded anew below, and nothing unsaved would be asked about then.
      flushSync(() => {
        form.setValues(valuesOf(user));
        form.resetDirty(valuesOf(user));
      });
      toastDone(t.saved);
      await speakAs(user);
    } catch (error) {
      if (error instanceof Problem && error.status === 412) {
        await queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
        toastFailed(t.saveFailed, new Problem(412, { detail: t.conflict }));
      } else problem.show(error);
    }
  });

  return (
    <Section title={t.profile}>
      <form onSubmit={submit} noValidate>
        <LeaveGuard active={form.isDirty()} />
        <Stack>
          <AvatarField />
          <FormProblem title={t.saveFailed} message={problem.message} />
          <TextInput label={t.name} autoComplete="name" {...form.getInputProps('name')} />
          <PersonalFields form={form} />
          <NativeSelect
            label={t.language}
            description={t.languageHint}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            {...form.getInputProps('language')}
          />
          <ZoneField form={form} />
          <Group>
            <Button type="submit" disabled={!isDirty} loading={save.isPending}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function PersonalFields({ form }: { form: UseFormReturnType<ProfileValues> }) {
  return (
    <>
      <TextInput
        label={p.username}
        description={p.usernameHint}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('username')}
      />
      <Textarea label={p.bio} description={p.bioHint} autosize minRows={2} {...form.getInputProps('bio')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={p.country}
          data={COUNTRIES}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': texts.app.clear }}
          nothingFoundMessage={p.countryNone}
          {...form.getInputProps('country')}
        />
        <TextInput label={p.dob} type="date" autoComplete="bday" {...form.getInputProps('dob')} />
      </SimpleGrid>
    </>
  );
}

function ZoneField({ form }: { form: UseFormReturnType<ProfileValues> }) {
  const me = useMe();
  const zones = useMemo(() => zonesWith(me.timeZone), [me.timeZone]);
  const here = browserZone();
  return (
    <div>
      <Select
        label={t.timeZone}
        description={t.timeZoneHint}
        data={zones}
        searchable
        limit={60}
        allowDeselect={false}
        nothingFoundMessage={t.timeZoneNone}
        {...form.getInputProps('timeZone')}
      />
      {!isSameZone(form.values.timeZone, here) && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          mt={6}
          onClick={() => form.setFieldValue('timeZone', here)}
        >
          {t.timeZoneUse(here)}
        </Anchor>
      )}
    </div>
  );
}
