import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { texts } from '../../shared/texts.ts';
import { InboxPanel } from './inbox-panel.tsx';
import { inboxQuery, unreadQuery } from './notification-data.ts';
import { useLiveNotifications } from './use-live.tsx';

const t = texts.notifications;
const MOST_SHOWN = 99;

/** The bell: how many are unread, and the latest ones on a click. */
export function NotificationBell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const unread = useQuery(unreadQuery).data?.count ?? 0;
  const inbox = useQuery(inboxQuery);
  useLiveNotifications();
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-end"
      width="min(400px, calc(100vw - 24px))"
      shadow="md"
      radius="lg"
      trapFocus
      returnFocus
    >
      <Indicator
        disabled={unread === 0}
        label={unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        size={18}
        offset={8}
        color="clay.7"
        ml="auto"
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="inherit"
            size={40}
            radius="xl"
            aria-label={t.bell(unread)}
            aria-expanded={opened}
            aria-haspopup="dialog"
            onClick={toggle}
          >
            <IconBell size={22} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t.title}>
        <InboxPanel inbox={inbox} unread={unread} onLeave={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
