import { equalInConstantTime, type Secrets } from '@spacedly/kit';
import { z } from 'zod';

export const REMINDER_ACTIONS = ['complete', 'snooze', 'tomorrow'] as const;
export type ReminderAction = (typeof REMINDER_ACTIONS)[number];

const channel = z.enum(['email', 'sms', 'push']);
const reminderLink = z.object({
  userId: z.uuid(),
  reminderId: z.uuid(),
  taskId: z.uuid(),
  action: z.enum(REMINDER_ACTIONS),
  /** The time the reminder had: once it was moved, links to the old time do nothing. */
  scheduledAt: z.string(),
  title: z.string(),
  locale: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.int(),
});
const unsubscribeLink = z.object({
  userId: z.uuid(),
  type: z.string(),
  channel,
  locale: z.string(),
});

/** What a link may carry, by its purpose; a link of one purpose is none of another. */
const PURPOSES = { reminder: reminderLink, unsubscribe: unsubscribeLink } as const;
export type LinkPurpose = keyof typeof PURPOSES;
export type LinkFacts<P extends LinkPurpose> = z.infer<(typeof PURPOSES)[P]>;

/** Links in messages act for a week. Those that unsubscribe must work as long as the mail exists (RFC 8058). */
export const LINK_LIFE_MS = 7 * 86_400_000;

const signatureOf = (secrets: Secrets, purpose: LinkPurpose, payload: string) =>
  secrets.hmac(`link:${purpose}:${payload}`);

/** A token that carries its facts, signed rather than stored. */
export function signLink<P extends LinkPurpose>(secrets: Secrets, purpose: P, facts: LinkFacts<P>): string {
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url');
  return `${payload}.${signatureOf(secrets, purpose, payload)}`;
}

/** The facts of a token of ours that has not expired, or null. */
export function openLink<P extends LinkPurpose>(
  secrets: Secrets,
  purpose: P,
  token: string,
  now: Date,
): LinkFacts<P> | null {
  const [payload = '', signature = ''] = token.split('.', 2);
  if (!equalInConstantTime(signature, signatureOf(secrets, purpose, payload))) return null;
  const parsed = PURPOSES[purpose].safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const facts = parsed.data as LinkFacts<P>;
  return 'expiresAt' in facts && facts.expiresAt <= now.getTime() ? null : facts;
}
