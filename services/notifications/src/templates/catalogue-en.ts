import type { CodePurpose } from './messages.ts';

const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`);
const greeting = (name: string) => `Hello ${name},`;

/** What each code is for, after "to", and the words on the button that does the same. */
const purposes: Readonly<Record<CodePurpose, { to: string; button: string }>> = {
  SIGNUP: { to: 'create your Spacedly account', button: 'Create my account' },
  SIGNIN: { to: 'sign in to Spacedly', button: 'Sign in' },
  PASSWORD_RESET: { to: 'set a new password', button: 'Set a new password' },
  EMAIL_CHANGE: { to: 'confirm your new e-mail address', button: 'Confirm this address' },
  PHONE_CHANGE: { to: 'confirm your new phone number', button: 'Confirm this number' },
  TWO_FACTOR: { to: 'confirm that it is you', button: 'Confirm' },
};

/** Every text a person can get from us. Texts are plain: what needs escaping is escaped where it is shown. */
export const en = {
  greeting,
  code: {
    subject: (code: string) => `${code} is your Spacedly code`,
    heading: 'Your code',
    action: (purpose: CodePurpose) => `Enter this code to ${purposes[purpose].to}:`,
    button: (purpose: CodePurpose) => purposes[purpose].button,
    validity: (count: number) => `It is valid for ${minutes(count)} and works once.`,
    warning:
      'Nobody else should get this code. We never ask for it on the phone, by mail or in a chat: whoever does is not us.',
    footnote:
      'Somebody asked Spacedly for this code. If it was not you, ignore this mail: without the code nothing happens.',
    sms: (code: string, purpose: CodePurpose, count: number) =>
      `${code} is your code to ${purposes[purpose].to}. Valid for ${minutes(count)}. Give it to nobody.`,
    push: 'Your Spacedly code',
  },
  addressTaken: {
    subject: 'You already have a Spacedly account',
    heading: 'You already have an account',
    paragraphs: [
      'Somebody, perhaps you, just tried to sign up for Spacedly with this address. It belongs to your account, so no new one was made.',
      'If it was you, sign in instead. If it was not, there is nothing to do: nobody got in and nothing changed.',
    ],
    action: 'Sign in',
    footnote: 'You get this because somebody used your address to sign up.',
    sms: (url: string) => `You already have a Spacedly account with this number. Sign in at ${url}`,
  },
  tokenReused: {
    subject: 'We ended a session of your Spacedly account',
    heading: 'We ended one of your sessions',
    what: 'A session was used from two places at once, which can mean that somebody copied it. To be safe we ended it.',
    where: (device: string, ip: string | null) =>
      ip === null ? `Device: ${device}` : `Device: ${device}, address ${ip}`,
    when: (time: string) => `Time: ${time}`,
    advice: 'If you do not recognise this, sign in, look through your sessions and change your password.',
    action: 'Look at my sessions',
    footnote: 'Security messages like this one cannot be switched off.',
    sms: (url: string) =>
      `Spacedly ended one of your sessions because it was used from two places. Look at your sessions: ${url}`,
    inboxBody: (device: string) =>
      `A session on ${device} was used from two places at once, so we ended it. Look through your sessions.`,
  },
  reminder: {
    subject: (title: string) => `Reminder: ${title}`,
    due: (due: string) => `Due ${due}`,
    action: 'Open the task',
    footnote: 'You get this because you set a reminder in Spacedly.',
    sms: (title: string, detail: string, url: string) =>
      [`Reminder: ${title}`, detail, url].filter((part) => part !== '').join('\n'),
  },
  welcome: {
    title: (name: string) => `Welcome to Spacedly, ${name}`,
    body: 'Write down what you want to finish or remember. Spacedly brings it back at the right moment.',
  },
  taskCompleted: {
    title: (title: string) => `You completed: ${title}`,
  },
  layout: {
    linkHint: 'If the button does not work, open this address:',
  },
};

/** What a language must bring; a missing text does not compile. */
export type Catalogue = typeof en;
