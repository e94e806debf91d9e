import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components, paths } from '../../shared/api.gen.ts';
import { api, ifMatch, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';

export type Preferences = components['schemas']['NotificationPreferences'];
export type PreferenceValues =
  paths['/v1/notifications/preferences']['put']['requestBody']['content']['application/json'];
export type MessageType = keyof PreferenceValues['channels'];
export type Channel = keyof PreferenceValues['channels'][MessageType];

export const TYPES = [
  'reminder',
  'upcoming',
  'overdue',
  'review',
  'share',
  'comment',
  'general',
] as const satisfies readonly MessageType[];
export const CHANNELS = ['inApp', 'email', 'push', 'sms'] as const satisfies readonly Channel[];

export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: () => unwrap(api.GET('/v1/notifications/preferences')),
});

/** Replaces the preferences, if they are still at `version`. */
export function useSavePreferences(version: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: PreferenceValues) =>
      unwrap(api.PUT('/v1/notifications/preferences', { params: { header: ifMatch(version) }, body })),
    onSuccess: (saved) => queryClient.setQueryData(keys.preferences, saved),
    onError: () => queryClient.invalidateQueries({ queryKey: keys.preferences }),
  });
}
