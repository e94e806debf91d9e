import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Logger } from '@spacedly/kit';

/** Wakes the workers when jobs were added: nobody waits for a NOTIFY where nobody runs. */
export interface Wake {
  /** A queue got jobs; their transaction may still be open. */
  note(queue: string): void;
  /** Tells what was noted since the last time. A signal that is lost costs a minute at most, as a clock wakes too. */
  send(): Promise<void>;
}

/** As long as a person's answer may wait for it. */
const TIMEOUT_MS = 1_000;

/** @param topicArn without one nobody is told, and the clock alone wakes the workers */
export function createWake(topicArn: string | undefined, log: Logger): Wake {
  const queues = new Set<string>();
  const client = topicArn === undefined ? null : new SNSClient({ maxAttempts: 2 });
  return {
    note: (queue) => void queues.add(queue),
    async send() {
      if (client === null || queues.size === 0) return;
      const Message = JSON.stringify({ queues: [...queues] });
      queues.clear();
      const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
      await client
        .send(new PublishCommand({ TopicArn: topicArn, Message }), { abortSignal })
        .catch((error) => log.warn({ err: error }, 'the workers could not be woken; the clock does it'));
    },
  };
}
