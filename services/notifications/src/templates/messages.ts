import { events } from '@spacedly/contracts';
import { z } from 'zod';
import {
  type SecurityContent,
  storedChangeRequested,
  storedChangeReverted,
  storedNotice,
} from './messages-security.ts';

/** The ways to reach a person outside the app. */
export type Channel = 'email' | 'sms' | 'push';

const codePurpose = events['code.issued'].data.shape.purpose;
const passwordChange = events['password.changed'].data.shape.how;
const factorChange = events['second_factor.changed'].data.shape.change;
const credentialChange = events['credential.changed'].data.shape.change;
const addressKind = events['address.change_requested'].data.shape.kind;
/** Where something was done, and when. */
const place = { device: z.string(), ip: z.string().nullable(), occurredAt: z.string() };
const due = { dueDate: z.string().nullable(), dueDay: z.string().nullable() };
/** What a code lets somebody do. */
export type CodePurpose = z.infer<typeof codePurpose>;

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
  z.object({
    kind: z.literal('token-reused'),
    name: z.string(),
    device: z.string(),
    ip: z.string().nullable(),
    occurredAt: z.string(),
  }),
  storedNotice,
  storedChangeRequested,
  storedChangeReverted,
  z.object({
    kind: z.literal('account-deleted'),
    name: z.string(),
    restorableUntil: z.string(),
    sealedLink: z.string().nullable(),
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
    kind: z.literal('reminder'),
    name: z.string(),
    taskId: z.string(),
    title: z.string(),
    message: z.string().nullable(),
    dueDate: z.string().nullable(),
    dueDay: z.string().nullable(),
  }),
]);
export type StoredMessage = z.infer<typeof storedMessage>;

type Kind = StoredMessage['kind'];
type Of<K extends Kind> = Extract<StoredMessage, { kind: K }>;

/** What a template gets: the stored facts, with the code and the link opened. */
export type Content =
  | Exclude<StoredMessage, { kind: 'code' | 'account-deleted' | SecurityContent['kind'] }>
  | CodeContent
  | SecurityContent
  | AccountDeletedContent;
export type AccountDeletedContent = Omit<Of<'account-deleted'>, 'sealedLink'> & {
  /** Takes the deletion back; null where only an admin can. */
  link: string | null;
};
export type AccountContent = Extract<
  Content,
  { kind: 'account-deleted' | 'merchant-verified' | 'merchant-rejected' | 'export-ready' }
>;
export type CodeContent = Omit<Of<'code'>, 'sealedCode' | 'sealedLink'> & {
  code: string;
  /** Does what the code does. */
  link?: string;
};
export type TokenReusedContent = Of<'token-reused'>;
export type ReminderContent = Of<'reminder'>;
/** The due instant or day of a task. */
export type Due = Pick<ReminderContent, 'dueDate' | 'dueDay'>;

/** What a template knows besides its content. */
export interface RenderContext {
  /** Address people use; all links begin with it. */
  publicUrl: string;
  locale: string;
  timeZone: string;
  now: Date;
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
  action?: { label: string; url: string };
  /** Why they got this mail. */
  footnote: string;
}

/** A message for each channel, as plain text. */
export interface Draft {
  mail: Letter;
  sms: string;
  push: { title: string; body: string };
}

/** A message as a provider takes it; `html` is empty except for mails. */
export interface Rendered {
  subject: string;
  text: string;
  html: string;
}
