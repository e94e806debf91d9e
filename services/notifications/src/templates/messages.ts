import { events } from '@spacedly/contracts';
import { z } from 'zod';

/** The ways to reach a person outside the app. */
export type Channel = 'email' | 'sms' | 'push';

const codePurpose = events['code.issued'].data.shape.purpose;
/** What a code lets somebody do. */
export type CodePurpose = z.infer<typeof codePurpose>;

/** What a delivery keeps of its message: facts, not texts. A code stays sealed until it is handed over. */
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
export type Content = Exclude<StoredMessage, { kind: 'code' }> | CodeContent;
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
