import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { Section } from '../settings/section.tsx';
import { SettingsFrame } from '../settings/settings-frame.tsx';
import { preferencesQuery } from './preferences-data.ts';
import { PreferencesForm } from './preferences-form.tsx';
import { PushSection } from './push-section.tsx';

const t = texts.preferences;

/** What one wants to be told, how and when. */
export function PreferencesPage() {
  const preferences = useQuery(preferencesQuery);
  return (
    <SettingsFrame title={t.title}>
      {preferences.data ? (
        <PreferencesForm preferences={preferences.data} />
      ) : (
        <Section title={t.channels} hint={t.channelsHint}>
          <Stack>
            {preferences.isPending && <RowsSkeleton rows={6} height={36} />}
            {preferences.isError && (
              <LoadFailed error={preferences.error} onRetry={() => void preferences.refetch()} />
            )}
          </Stack>
        </Section>
      )}
      <PushSection />
    </SettingsFrame>
  );
}
