/** Problems of the notifications service. */
export const notificationProblems = {
  NOTIFICATION_NOT_FOUND: [404, 'Notification not found'],
  PUSH_SUBSCRIPTION_NOT_FOUND: [404, 'This device is not subscribed'],
  PUSH_ENDPOINT_REFUSED: [422, 'Messages cannot be sent to this push service'],
  TOO_MANY_DEVICES: [422, 'Too many devices get push messages'],
  JOB_NOT_FOUND: [404, 'Dead letter not found'],
  DELIVERY_NOT_FOUND: [404, 'Message not found'],
  SUPPRESSION_NOT_FOUND: [404, 'This address is not suppressed'],
} as const;
