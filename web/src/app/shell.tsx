import { AppShell, Group, Text, VisuallyHidden } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '../features/auth/account.ts';
import { SignInAgain } from '../features/auth/sign-in-again.tsx';
import { NotificationBell } from '../features/notifications/bell.tsx';
import { Commands } from '../features/palette/commands.tsx';
import { loadTaskDrawer, useOpenTask } from '../features/tasks/open-task.ts';
import { useRowKeys } from '../features/tasks/use-row-keys.ts';
import { LinkAnchor, LinkPlain } from '../shared/links.tsx';
import { Logo } from '../shared/logo.tsx';
import { texts } from '../shared/texts.ts';
import { useFocusHandover } from '../shared/use-focus-handover.ts';
import { BottomBar } from './bottom-bar.tsx';
import { usePlaces } from './places.ts';
import classes from './shell.module.css';

const ActingBanner = lazy(() =>
  import('./acting-banner.tsx').then((module) => ({ default: module.ActingBanner })),
);

const TaskDrawer = lazy(() => loadTaskDrawer().then((module) => ({ default: module.TaskDrawer })));

function Sidebar() {
  const me = useMe();
  const places = usePlaces();
  return (
    <>
      <LinkAnchor to="/today" underline="never" c="inherit" px="xs" py={4} mb="lg" display="block">
        <Logo />
      </LinkAnchor>
      <nav aria-label={texts.app.navigation} className={classes.places}>
        {places.map(({ to, label, Icon }) => (
          <LinkPlain key={to} to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
            <Icon size={20} stroke={1.75} aria-hidden />
            {label}
          </LinkPlain>
        ))}
      </nav>
      <Text size="sm" c="dimmed" mt="auto" px="xs" truncate title={me.email ?? me.name}>
        {me.name}
      </Text>
    </>
  );
}

/** Stays true after the first task, so that each can slide out again. */
function useHasOpenedTask(): boolean {
  const isOpen = useOpenTask().taskId !== undefined;
  const [hasOpened, setHasOpened] = useState(isOpen);
  if (isOpen && !hasOpened) setHasOpened(true);
  return hasOpened;
}

/** The frame of every page of a signed-in person. */
export function Shell() {
  const { impersonatedBy } = useMe();
  const hasOpened = useHasOpenedTask();
  useFocusHandover();
  useRowKeys();
  return (
    <AppShell
      layout="alt"
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: { base: 60, sm: 0 } }}
      withBorder={false}
    >
      <a href="#content" className="skip-link">
        {texts.app.skip}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <LinkAnchor to="/today" underline="never" c="inherit" hiddenFrom="sm" lh={0}>
            <Logo />
          </LinkAnchor>
          <VisuallyHidden>{texts.app.name}</VisuallyHidden>
          <Group gap={4} ml="auto" wrap="nowrap">
            <Commands />
            <NotificationBell />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" visibleFrom="sm" className={classes.navbar}>
        <Sidebar />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        {impersonatedBy && (
          <Suspense>
            <ActingBanner />
          </Suspense>
        )}
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" className={classes.footer}>
        <BottomBar />
      </AppShell.Footer>
      {hasOpened && (
        <Suspense>
          <TaskDrawer />
        </Suspense>
      )}
      <SignInAgain />
    </AppShell>
  );
}
