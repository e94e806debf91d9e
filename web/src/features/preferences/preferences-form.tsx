import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { Section } from '../settings/section.tsx';
import { ChannelTable } from './channel-table.tsx';
import { type Preferences, type PreferenceValues, useSavePreferences } from './preferences-data.ts';

const t = texts.preferences;
const FIELDS = { 'quietHours.from': 'quietHours.from', 'quietHours.to': 'quietHours.to' };
const USUAL_NIGHT = { from: '22:00', to: '07:00' };
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

function usePreferences({ version, ...preferences }: Preferences) {
  const save = useSavePreferences(version);
  const form = useForm<PreferenceValues>({
    initialValues: preferences,
    validate: {
      quietHours: (hours) => (hours !== null && hours.from === hours.to ? t.quietSame : null),
    },
  });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async (values) => {
    problem.clear();
    try {
      await save.mutateAsync(values);
      form.resetDirty();
      toastDone(t.saved);
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      problem.show(isStale ? new Problem(412, { detail: texts.day.changedElsewhere }) : error);
    }
  });
  return { form, problem, submit, isBusy: save.isPending };
}

function QuietHours({ form }: { form: UseFormReturnType<PreferenceValues> }) {
  const isOn = form.values.quietHours !== null;
  return (
    <Stack gap="sm">
      <Switch
        label={t.quiet}
        checked={isOn}
        onChange={() => form.setFieldValue('quietHours', isOn ? null : USUAL_NIGHT)}
      />
      {isOn && (
        <Group gap="sm" align="flex-start">
          <TextInput type="time" required label={t.quietFrom} {...form.getInputProps('quietHours.from')} />
          <TextInput type="time" required label={t.quietTo} {...form.getInputProps('quietHours.to')} />
        </Group>
      )}
      {form.errors.quietHours && (
        <Text size="sm" c="red" role="alert">
          {form.errors.quietHours}
        </Text>
      )}
    </Stack>
  );
}

function Digests({ form }: { form: UseFormReturnType<PreferenceValues> }) {
  const { morningDigest } = form.values;
  return (
    <Stack gap="sm">
      <Switch label={t.morning} {...form.getInputProps('morningDigest.enabled', { type: 'checkbox' })} />
      {morningDigest.enabled && (
        <Select
          label={t.morningHour}
          data={HOURS}
          allowDeselect={false}
          maw={160}
          value={String(morningDigest.hour)}
          onChange={(hour) => form.setFieldValue('morningDigest.hour', Number(hour))}
        />
      )}
      <Switch label={t.weekly} {...form.getInputProps('weeklyReview', { type: 'checkbox' })} />
    </Stack>
  );
}

/** All preferences in one form, as they are one resource with one version. */
export function PreferencesForm({ preferences }: { preferences: Preferences }) {
  const { form, problem, submit, isBusy } = usePreferences(preferences);
  return (
    <form onSubmit={submit} noValidate aria-label={t.title}>
      <LeaveGuard active={form.isDirty()} />
      <Stack gap="lg">
        <Section title={t.channels} hint={t.channelsHint}>
          <ChannelTable form={form} />
        </Section>
        <Section title={t.quietTitle} hint={t.quietHint}>
          <QuietHours form={form} />
        </Section>
        <Section title={t.digests} hint={t.digestsHint}>
          <Digests form={form} />
        </Section>
        <FormProblem title={t.failed} message={problem.message} />
        <Button type="submit" loading={isBusy} style={{ alignSelf: 'flex-start' }}>
          {t.save}
        </Button>
      </Stack>
    </form>
  );
}
