import type { Platform } from '@spacedly/kit';

/** Signal channel on which new inbox rows are told to every process: lines of `<userId> <notificationId>`. */
export const INBOX_CHANNEL = 'spacedly_inbox';

/** A line takes 74 bytes, a signal at most 7,900. */
const LINES_A_SIGNAL = 100;

interface Row {
  userId: string;
  id: string;
}

/**
 * Tells every process of rows that were committed. A signal that cannot be sent is not worth a retry of the event:
 * the rows are in the inbox, and streams catch up when they come back.
 */
export async function announce(
  { signals, log }: Pick<Platform, 'signals' | 'log'>,
  rows: readonly Row[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += LINES_A_SIGNAL) {
    const lines = rows.slice(from, from + LINES_A_SIGNAL).map(({ userId, id }) => `${userId} ${id}`);
    await signals
      .publish(INBOX_CHANNEL, lines.join('\n'))
      .catch((error) => log.warn({ err: error }, 'new notifications could not be announced'));
  }
}

/** The rows in a signal. */
export function announced(payload: string): Row[] {
  return payload.split('\n').map((line) => {
    const [userId = '', id = ''] = line.split(' ', 2);
    return { userId, id };
  });
}
