import { equalInConstantTime, type Secrets } from '@spacedly/kit';
import { z } from 'zod';

export const REMINDER_ACTIONS = ['complete', 'snooze', 'tomorrow'] as const;
export type ReminderAction = (typeof REMINDER_ACTIONS)[number];

const unsubscribeLink = z.object({
  userId: z.uuid(),
  type: z.string(),
  channel: z.enum(['email', 'sms', 'push']),
  locale: z.string(),
});
export type UnsubscribeFacts = z.infer<typeof unsubscribeLink>;

export interface ActionFacts {
  deliveryId: string;
  action: ReminderAction;
}

/** Links that act on a reminder work for a week. Those that unsubscribe as long as the mail exists (RFC 8058). */
export const LINK_LIFE_MS = 7 * 86_400_000;

const ID_BYTES = 16;
/** 128 bits cannot be guessed, and keep the link short enough for an SMS. */
const MAC_BYTES = 16;
const ACTION_TOKEN = /^[\w-]{44}$/;

/** A link of one purpose is none of another. */
const signatureOf = (secrets: Secrets, purpose: 'reminder' | 'unsubscribe', payload: string) =>
  secrets.hmac(`link:${purpose}:${payload}`);

const shortSignature = (secrets: Secrets, facts: Buffer) =>
  signatureOf(secrets, 'reminder', facts.toString('hex')).slice(0, 2 * MAC_BYTES);

/**
 * 44 characters that name a delivery and what to do: whoever reads them, in a log or over a shoulder, learns nothing of
 * the reminder. All else is read from the delivery, so that a link acts on what was sent.
 */
export function signActionLink(secrets: Secrets, { deliveryId, action }: ActionFacts): string {
  const id = Buffer.from(deliveryId.replaceAll('-', ''), 'hex');
  const facts = Buffer.concat([id, Buffer.from([REMINDER_ACTIONS.indexOf(action)])]);
  const mac = Buffer.from(shortSignature(secrets, facts), 'hex');
  return Buffer.concat([facts, mac]).toString('base64url');
}

/** What a token of ours names, or null. */
export function openActionLink(secrets: Secrets, token: string): ActionFacts | null {
  if (!ACTION_TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const [facts, mac] = [bytes.subarray(0, ID_BYTES + 1), bytes.subarray(ID_BYTES + 1)];
  if (!equalInConstantTime(mac.toString('hex'), shortSignature(secrets, facts))) return null;
  const action = REMINDER_ACTIONS[facts[ID_BYTES] as number];
  if (action === undefined) return null;
  const hex = facts.toString('hex', 0, ID_BYTES);
  return { deliveryId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), action };
}

/** A token that carries its facts, as it has to outlive the delivery. */
export function signUnsubscribe(secrets: Secrets, facts: UnsubscribeFacts): string {
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url');
  return `${payload}.${signatureOf(secrets, 'unsubscribe', payload)}`;
}

/** The facts of a token of ours, or null. */
export function openUnsubscribe(secrets: Secrets, token: string): UnsubscribeFacts | null {
  const [payload = '', signature = ''] = token.split('.', 2);
  if (!equalInConstantTime(signature, signatureOf(secrets, 'unsubscribe', payload))) return null;
  const facts = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return unsubscribeLink.safeParse(facts).data ?? null;
}
