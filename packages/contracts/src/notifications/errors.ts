/** Problems of the notifications service. */
export const notificationProblems = {
  NOTIFICATION_NOT_FOUND: [404, 'Notification not found'],
} as const;
