import { Button, Text } from '@mantine/core';
import { IconDeviceMobileMessage } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '../../shared/api.gen.ts';
import { api, unwrap } from '../../shared/api.ts';
import { clientWords } from '../../shared/client-words.ts';
import { keys } from '../../shared/query.ts';
import { ListRow, QueryList } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { Section } from '../settings/section.tsx';
import { isPushPossible, subscribe } from './push.ts';

type PushDevice = components['schemas']['PushSubscription'];

const t = texts.preferences.push;

const devicesQuery = queryOptions({
  queryKey: keys.pushDevices,
  queryFn: () => unwrap(api.GET('/v1/notifications/push-subscriptions')),
});

/** The devices that get push messages, and the way to make this one of them. */
export function PushSection() {
  const devices = useQuery(devicesQuery);
  const add = useChange(subscribe, { done: t.added, failed: t.failed, refresh: [keys.pushDevices] });
  return (
    <Section title={t.title} hint={t.hint}>
      <QueryList query={devices} empty={t.none} label={t.title}>
        {(device) => <DeviceRow key={device.id} device={device} />}
      </QueryList>
      {isPushPossible() ? (
        <Button
          variant="light"
          leftSection={<IconDeviceMobileMessage size={18} aria-hidden />}
          loading={add.isPending}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => add.mutate()}
        >
          {t.add}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t.impossible}
        </Text>
      )}
    </Section>
  );
}

function DeviceRow({ device }: { device: PushDevice }) {
  const clock = useClock();
  const now = useNow();
  const params = { path: { subscriptionId: device.id } };
  const remove = useChange(
    () => unwrap(api.DELETE('/v1/notifications/push-subscriptions/{subscriptionId}', { params })),
    { done: t.removed, failed: t.removeFailed, refresh: [keys.pushDevices] },
  );
  const name = device.userAgent === '' ? device.service : clientWords(device);
  return (
    <ListRow title={name} meta={t.since(momentWords(device.createdAt, clock, now))}>
      <Button
        size="xs"
        variant="default"
        loading={remove.isPending}
        aria-label={t.removeLabel(name)}
        onClick={() => remove.mutate()}
      >
        {t.remove}
      </Button>
    </ListRow>
  );
}
