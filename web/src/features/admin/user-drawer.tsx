import { CloseButton, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AdminUser } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { momentWords } from '../../shared/time.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock } from '../auth/account.ts';
import { UserActions } from './user-actions.tsx';
import { UserDepartment } from './user-department.tsx';
import classes from './user-drawer.module.css';
import { UserPower } from './user-power.tsx';
import { userQuery } from './users-data.ts';

const t = texts.admin.user;

/** One account and what can be done with it. */
export function UserDrawer({ userId, onClose }: { userId: string; onClose: () => void }) {
  const query = useQuery(userQuery(userId));
  const user = query.data;
  const title = user?.name ?? texts.app.loading;
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={440}>
      <Drawer.Overlay backgroundOpacity={0.45} />
      <Drawer.Content aria-label={title}>
        <Drawer.Body p="lg">
          <Group justify="space-between" wrap="nowrap" align="flex-start" mb="md">
            <Title order={2} className="break-words">
              {title}
            </Title>
            <CloseButton aria-label={texts.app.close} onClick={onClose} />
          </Group>
          {query.isPending && <RowsSkeleton />}
          {query.isError && !user && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
          {user && (
            <Stack gap="lg">
              <Facts user={user} />
              <UserPower user={user} />
              <UserDepartment user={user} />
              <UserActions user={user} onGone={onClose} />
            </Stack>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Facts({ user }: { user: AdminUser }) {
  const clock = useClock();
  const now = useNow();
  const when = (instant: string | null) => (instant ? momentWords(instant, clock, now) : t.no);
  const facts: [string, string | null][] = [
    [texts.settings.email, user.email],
    [t.phone, user.phone],
    [t.username, user.username],
    [t.verified, when(user.emailVerifiedAt)],
    [t.password, user.hasPassword ? t.yes : t.no],
    [t.created, when(user.createdAt)],
    [t.lastLogin, when(user.lastLoginAt)],
    [t.purgeAfter, user.purgeAfter && when(user.purgeAfter)],
    [t.id, user.id],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} className={classes.fact}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} className="break-words">
              {value}
            </Text>
          </div>
        ))}
    </dl>
  );
}
