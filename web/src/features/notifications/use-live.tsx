import { Anchor, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { currentActing } from '../../shared/acting.ts';
import type { Notification } from '../../shared/api.ts';
import { loadAnew } from '../../shared/load-anew.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { refreshTasks } from '../tasks/task-cache.ts';
import { listenLive } from './live-stream.ts';
import { takeIn } from './notification-data.ts';
import { placeOf } from './notification-place.ts';

/** `general` tells what the person just did ("You completed: …"); the bell is enough for that. */
function deservesToast(notification: Notification): boolean {
  return notification.type !== 'general' && document.visibilityState === 'visible';
}

function showToast(notification: Notification, open: (about: Notification) => void): void {
  const { id, taskId, docId, title, body } = notification;
  const follow = () => {
    notifications.hide(id);
    open(notification);
  };
  notifications.show({
    id,
    title,
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': texts.app.close },
    message: (
      <Stack gap={4} align="flex-start">
        <Text size="sm" className="break-words" lineClamp={3}>
          {body}
        </Text>
        {(taskId ?? docId) !== null && (
          <Anchor component="button" type="button" size="sm" onClick={follow}>
            {docId === null ? texts.notifications.openTask : texts.notifications.openDocument}
          </Anchor>
        )}
      </Stack>
    ),
  });
}

/** Keeps bell, inbox and tasks up to date while the app is open. */
export function useLiveNotifications(): void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const open = (about: Notification) => {
      const place = placeOf(about);
      if (place !== null) void navigate(place);
    };
    // The stream travels with the cookies, which are those of the admin.
    if (currentActing()) return;
    return listenLive({
      onNotification: (notification) => {
        if (!takeIn(queryClient, notification)) return;
        if (notification.taskId) void refreshTasks(queryClient);
        if (notification.docId) {
          void queryClient.invalidateQueries({ queryKey: keys.documents });
          void queryClient.invalidateQueries({ queryKey: keys.document(notification.docId) });
        }
        if (deservesToast(notification)) showToast(notification, open);
      },
      onOpen: () => void loadAnew(queryClient, { queryKey: keys.notifications }),
      onGap: () => {
        void loadAnew(queryClient, { queryKey: keys.notifications });
        void refreshTasks(queryClient);
      },
    });
  }, [queryClient, navigate]);
}
