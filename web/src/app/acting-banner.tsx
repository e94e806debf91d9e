import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useClock, useMe } from '../features/auth/account.ts';
import { currentActing, stopActing } from '../shared/acting.ts';
import { api } from '../shared/api.ts';
import { texts } from '../shared/texts.ts';
import { clockTime } from '../shared/time.ts';
import classes from './shell.module.css';

const t = texts.admin.banner;

/** Says on every page that an admin is acting for somebody, and ends it. */
export function ActingBanner() {
  const me = useMe();
  const clock = useClock();
  const acting = currentActing();
  const stop = useMutation({
    mutationFn: () => api.POST('/v1/auth/logout'),
    onSettled: () => {
      stopActing();
      window.location.assign('/admin/users');
    },
  });
  const until = clockTime(new Date(acting?.endsAt ?? Date.now()), clock);
  return (
    <Group component="section" aria-label={t.label} className={classes.acting} wrap="nowrap">
      <Text size="sm" fw={550} className="break-words">
        {t.text(me.name, until)}
      </Text>
      <Button
        size="compact-sm"
        variant="white"
        color="dark"
        loading={stop.isPending}
        onClick={() => stop.mutate()}
      >
        {t.stop}
      </Button>
    </Group>
  );
}
