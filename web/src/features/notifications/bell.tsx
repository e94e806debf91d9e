import { ActionIcon, Indicator, Paper } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FocusEvent, type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { texts } from '../../shared/texts.ts';
import classes from './bell.module.css';
import { inboxQuery, unreadQuery } from './notification-data.ts';
import { useLiveNotifications } from './use-live.tsx';

const t = texts.notifications;
const MOST_SHOWN = 99;

const loadPanel = () => import('./inbox-panel.tsx');
const InboxPanel = lazy(() => loadPanel().then((module) => ({ default: module.InboxPanel })));

/**
 * The bell: how many are unread, and the latest ones on a click. The panel always stands below the bell in the same
 * corner, so style sheets place it; a positioning library would cost Today 27 KB.
 */
export function NotificationBell() {
  const [opened, setOpened] = useState(false);
  const bell = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const area = useClickOutside<HTMLDivElement>(() => setOpened(false));
  const unread = useQuery(unreadQuery).data?.count ?? 0;
  const inbox = useQuery(inboxQuery);
  useLiveNotifications();

  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !opened) return;
    setOpened(false);
    bell.current?.focus();
  };

  const closeOnLeave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    // Without a next element the focus went nowhere: the button that had it was just removed.
    if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpened(false);
  };
  useEffect(() => {
    if (opened) panel.current?.focus();
  }, [opened]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is inside
    <div ref={area} className={classes.area} onKeyDown={closeOnEscape} onBlur={closeOnLeave}>
      <Indicator
        disabled={unread === 0}
        label={unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        size={18}
        offset={8}
        color="clay.7"
      >
        <ActionIcon
          ref={bell}
          variant="subtle"
          color="gray"
          c="inherit"
          size={40}
          radius="xl"
          aria-label={t.bell(unread)}
          aria-expanded={opened}
          aria-haspopup="dialog"
          onPointerEnter={loadPanel}
          onFocus={loadPanel}
          onClick={() => setOpened((was) => !was)}
        >
          <IconBell size={22} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Indicator>
      {opened && (
        <Paper
          ref={panel}
          className={classes.panel}
          shadow="md"
          role="dialog"
          aria-label={t.title}
          tabIndex={-1}
        >
          <Suspense fallback={<RowsSkeleton rows={3} />}>
            <InboxPanel inbox={inbox} unread={unread} onLeave={() => setOpened(false)} />
          </Suspense>
        </Paper>
      )}
    </div>
  );
}
