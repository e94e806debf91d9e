import { Badge, Button, Group } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, type Device, unwrap } from '../../shared/api.ts';
import { clientWords } from '../../shared/client-words.ts';
import { keys } from '../../shared/query.ts';
import { ListRow, QueryList } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { Section } from '../settings/section.tsx';

const t = texts.security.devices;

const devicesQuery = queryOptions({
  queryKey: keys.devices,
  queryFn: () => unwrap(api.GET('/v1/auth/devices')),
});

export function DevicesSection() {
  const devices = useQuery(devicesQuery);
  return (
    <Section title={t.title} hint={t.hint}>
      <QueryList query={devices} empty={t.none} label={t.title}>
        {(device) => <DeviceRow key={device.id} device={device} />}
      </QueryList>
    </Section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const clock = useClock();
  const now = useNow();
  const remove = useChange(
    () => unwrap(api.DELETE('/v1/auth/devices/{deviceId}', { params: { path: { deviceId: device.id } } })),
    { done: t.removed, failed: t.failed, refresh: [keys.devices, keys.securityLog] },
  );
  const name = clientWords(device);
  const title = (
    <Group gap={8}>
      {name}
      {device.current && (
        <Badge variant="light" tt="none">
          {t.current}
        </Badge>
      )}
    </Group>
  );
  const place = device.ip ? ` · ${device.ip}` : '';
  return (
    <ListRow title={title} meta={t.until(momentWords(device.trustedUntil, clock, now)) + place}>
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
