import { Anchor, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ifMatch, type Me, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { browserZone, isSameZone } from '../../shared/zone.ts';
import { meQuery, useMe } from '../auth/account.ts';
import { refreshTasks } from '../tasks/task-cache.ts';
import { Section } from './section.tsx';

const t = texts.settings;
const FIELDS = { name: 'name', timeZone: 'timeZone' };

interface ProfileValues {
  name: string;
  timeZone: string;
}

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
          body: {
            ...(values.name.trim() !== me.name && { name: values.name.trim() }),
            ...(values.timeZone !== me.timeZone && { timeZone: values.timeZone }),
          },
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
    initialValues: { name: me.name, timeZone: me.timeZone },
    validate: { name: (value) => (value.trim() ? null : texts.auth.missing.name) },
  });
  const problem = useFormProblem(form, FIELDS);
  const zones = useMemo(() => zonesWith(me.timeZone), [me.timeZone]);
  const isDirty = form.values.name.trim() !== me.name || form.values.timeZone !== me.timeZone;
  const here = browserZone();

  const submit = form.onSubmit(async (values) => {
    problem.clear();
    try {
      const user = await save.mutateAsync({ me, values });
      form.setValues({ name: user.name, timeZone: user.timeZone });
      toastDone(t.saved);
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
        <Stack>
          <FormProblem title={t.saveFailed} message={problem.message} />
          <TextInput label={t.name} autoComplete="name" {...form.getInputProps('name')} />
          {me.email && <TextInput label={t.email} value={me.email} readOnly variant="filled" />}
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
