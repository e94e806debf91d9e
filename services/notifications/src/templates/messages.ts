import { events, type Notification, shareAccess } from '@spacedly/contracts';
import { z } from 'zod';

/** The ways to reach a person outside the app. */
export type Channel = 'email' | 'sms' | 'push';

const codePurpose = events['code.issued'].data.shape.purpose;
const passwordChange = events['password.changed'].data.shape.how;
const factorChange = events['second_factor.changed'].data.shape.change;
const credentialChange = events['credential.changed'].data.shape.change;
const addressKind = events['address.change_requested'].data.shape.kind;
const sharedThing = events['share.invited'].data.shape.what;
const commentReason = events['comment.added'].data.shape.why;
/** Where something was done, and when. */
const place = {
  device: z.string(),
  browser: z.string().nullable().default(null),
  os: z.string().nullable().default(null),
  ip: z.string().nullable(),
  occurredAt: z.string(),
};
const due = { dueDate: z.string().nullable(), dueDay: z.string().nullable() };
/** What a code lets somebody do. */
export type CodePurpose = z.infer<typeof codePurpose>;
const digestItem = z.object({ title: z.string(), detail: z.string(), taskId: z.string().nullable() });
const dueItem = z.object({ taskId: z.string(), title: z.string(), ...due });

/** What a delivery keeps of its message: facts, not texts. What is `sealed…` stays so until it is handed over. */
export const storedMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('code'),
    purpose: codePurpose,
    name: z.string(),
    sealedCode: z.string(),
    sealedLink: z.string().optional(),
    expiresAt: z.string(),
  }),
  z.object({ kind: z.literal('address-taken') }),
  z.object({ kind: z.literal('token-reused'), name: z.string(), ...place }),
  z.object({ kind: z.literal('new-device'), name: z.string(), ...place }),
  z.object({ kind: z.literal('password-changed'), name: z.string(), how: passwordChange, ...place }),
  z.object({ kind: z.literal('second-factor-changed'), name: z.string(), change: factorChange, ...place }),
  z.object({
    kind: z.literal('credential-changed'),
    name: z.string(),
    change: credentialChange,
    credential: z.string(),
    ...place,
  }),
  z.object({
    kind: z.literal('address-change-requested'),
    name: z.string(),
    addressKind,
    newAddress: z.string(),
    sealedLink: z.string(),
    ...place,
  }),
  z.object({
    kind: z.literal('address-change-reverted'),
    name: z.string(),
    addressKind,
    sealedLink: z.string(),
  }),
  z.object({
    kind: z.literal('account-deleted'),
    name: z.string(),
    restorableUntil: z.string(),
    sealedToken: z.string().nullable(),
  }),
  z.object({ kind: z.literal('merchant-verified'), name: z.string(), businessName: z.string() }),
  z.object({
    kind: z.literal('merchant-rejected'),
    name: z.string(),
    businessName: z.string(),
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('export-ready'),
    name: z.string(),
    exportId: z.string(),
    expiresAt: z.string(),
  }),
  z.object({
    kind: z.literal('shared'),
    name: z.string(),
    what: sharedThing,
    id: z.string(),
    title: z.string(),
    by: z.string(),
    access: shareAccess,
  }),
  z.object({ kind: z.literal('share-invited'), what: sharedThing, by: z.string() }),
  z.object({
    kind: z.literal('comment-added'),
    name: z.string(),
    why: commentReason,
    docId: z.string(),
    title: z.string(),
    by: z.string(),
    excerpt: z.string(),
  }),
  z.object({ kind: z.literal('reviews-due'), name: z.string(), count: z.int() }),
  z.object({
    kind: z.literal('reminders-missed'),
    name: z.string(),
    count: z.int(),
    oldestScheduledAt: z.string(),
    newestScheduledAt: z.string(),
  }),
  z.object({
    kind: z.literal('reminder'),
    name: z.string(),
    taskId: z.string(),
    title: z.string(),
    message: z.string().nullable(),
    scheduledAt: z.string(),
    ...due,
  }),
  z.object({ kind: z.literal('digest'), name: z.string(), items: z.array(digestItem) }),
  z.object({
    kind: z.literal('morning'),
    name: z.string(),
    day: z.string(),
    overdue: z.array(dueItem),
    today: z.array(dueItem),
    reviewsDue: z.int(),
    estimatedMinutes: z.int(),
  }),
  z.object({
    kind: z.literal('weekly'),
    name: z.string(),
    completed: z.int(),
    overdue: z.int(),
    upcoming: z.int(),
    streakDays: z.int(),
  }),
]);
export type StoredMessage = z.infer<typeof storedMessage>;

type Kind = StoredMessage['kind'];
type Of<K extends Kind> = Extract<StoredMessage, { kind: K }>;

/** `sealedCode` becomes `code`, and so on. */
type Opened<T> = T extends unknown
  ? { [K in keyof T as K extends `sealed${infer Rest}` ? Uncapitalize<Rest> : K]: T[K] }
  : never;

/** What a template gets: the stored facts, with what was sealed opened. */
export type Content = Opened<StoredMessage>;
export type CodeContent = Opened<Of<'code'>>;
/** Messages that all channels tell in the same way: a title, a sentence, facts. */
export type NoticeContent = Exclude<
  Content,
  { kind: 'code' | 'address-taken' | 'token-reused' | 'reminder' | 'digest' | 'morning' | 'weekly' }
>;
/** Where and when something was done. */
export type Place = Omit<TokenReusedContent, 'kind' | 'name'>;
export type TokenReusedContent = Of<'token-reused'>;
export type ReminderContent = Of<'reminder'>;
/** The due instant or day of a task. */
export type Due = Pick<ReminderContent, 'dueDate' | 'dueDay'>;

export type DigestContent = Of<'digest'>;
export type MorningContent = Of<'morning'>;
export type WeeklyContent = Of<'weekly'>;
export type DueItem = z.infer<typeof dueItem>;

/** What each message is about, as people choose it in their preferences. Security cannot be switched off. */
export const MESSAGE_TYPES: Readonly<Record<Kind, Notification['type']>> = {
  code: 'security',
  'address-taken': 'security',
  'token-reused': 'security',
  'new-device': 'security',
  'password-changed': 'security',
  'second-factor-changed': 'security',
  'credential-changed': 'security',
  'address-change-requested': 'security',
  'address-change-reverted': 'security',
  'account-deleted': 'security',
  'merchant-verified': 'general',
  'merchant-rejected': 'general',
  'export-ready': 'general',
  shared: 'share',
  'share-invited': 'share',
  'comment-added': 'comment',
  'reviews-due': 'review',
  'reminders-missed': 'overdue',
  reminder: 'reminder',
  digest: 'general',
  morning: 'upcoming',
  weekly: 'general',
};

/** Addresses by which somebody acts on a reminder without signing in. */
export interface ActionLinks {
  complete: string;
  snooze: string;
  tomorrow: string;
}

/** What a template knows besides its content. */
export interface RenderContext {
  /** Address people use; all links begin with it. */
  publicUrl: string;
  locale: string;
  timeZone: string;
  now: Date;
  unsubscribeUrl?: string | null;
  actions?: ActionLinks | null;
}

/** A mail as plain text in parts; the layout turns it into HTML and text, escaping everything. */
export interface Letter {
  subject: string;
  heading: string;
  paragraphs: string[];
  /** Shown large, to be copied. */
  code?: string;
  /** What the person wrote themselves. */
  quote?: string;
  lists?: LetterList[];
  action?: LetterLink;
  /** Less prominent than the action. */
  moreActions?: LetterLink[];
  /** Why they got this mail. */
  footnote: string;
  /** Takes them off such mails. */
  unsubscribe?: LetterLink;
}

export interface LetterLink {
  label: string;
  url: string;
}

export interface LetterList {
  heading: string;
  items: { text: string; detail: string; url: string | null }[];
}

/** A message for each channel, as plain text. */
export interface Draft {
  mail: Letter;
  sms: string;
  push: { title: string; body: string; url?: string };
}

/** A message as a provider takes it; `html` is empty except for mails. */
export interface Rendered {
  subject: string;
  text: string;
  html: string;
  /** Where a tap on a push leads. */
  url: string;
}
