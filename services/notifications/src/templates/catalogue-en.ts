import type { CodePurpose, NoticeContent } from './messages.ts';

type ChangeOf<K extends NoticeContent['kind']> = Extract<
  NoticeContent,
  { kind: K; change: string }
>['change'];

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
    advice: 'If you do not recognise this, sign in, look through your sessions and change your password.',
    action: 'Look at my sessions',
    sms: (url: string) =>
      `Spacedly ended one of your sessions because it was used from two places. Look at your sessions: ${url}`,
    inboxBody: (device: string) =>
      `A session on ${device} was used from two places at once, so we ended it. Look through your sessions.`,
  },
  place: {
    device: (browser: string, os: string) => `${browser} on ${os}`,
    unknownDevice: 'an unknown device',
    where: (device: string, ip: string | null) =>
      ip === null ? `Device: ${device}` : `Device: ${device}, address ${ip}`,
    when: (time: string) => `Time: ${time}`,
  },
  newDevice: {
    title: 'New sign-in to your Spacedly account',
    body: (device: string) => `Somebody signed in to your account on ${device}.`,
    advice: 'If it was you, there is nothing to do. If not, end that session and change your password.',
    action: 'Look at my sessions',
  },
  passwordChanged: {
    title: 'Your Spacedly password was changed',
    body: {
      changed: 'The password of your account was changed. All other sessions have ended.',
      reset: 'The password of your account was reset. All sessions have ended.',
      set: 'Your account has a password now.',
    },
    advice: 'If it was not you, set a new password at once.',
    action: 'Set a new password',
  },
  secondFactorChanged: {
    title: 'The second step of your sign-in changed',
    body: {
      totp_on: 'An authenticator app is now asked for when you sign in.',
      totp_off: 'No authenticator app is asked for any more when you sign in.',
      email_on: 'A code by mail is now asked for when you sign in.',
      email_off: 'No code by mail is asked for any more when you sign in.',
      recovery_codes_renewed: 'New recovery codes were made. The old ones no longer work.',
      recovery_code_used: 'A recovery code was used to sign in. It does not work again.',
    } satisfies Record<ChangeOf<'second-factor-changed'>, string>,
    advice: 'If it was not you, sign in, look through your sessions and change your password.',
    action: 'Look at my settings',
  },
  credentialChanged: {
    title: 'A way into your Spacedly account changed',
    body: {
      passkey_added: (name: string) => `The passkey “${name}” was added to your account.`,
      passkey_removed: (name: string) => `The passkey “${name}” was removed from your account.`,
      passkey_copied: (name: string) =>
        `The passkey “${name}” seems to have been copied, so it was refused. Remove it and add a new one.`,
      access_token_created: (name: string) =>
        `The access token “${name}” was made. Whoever has it can act for you.`,
      identity_linked: (name: string) => `You can now sign in with ${name}.`,
      admin_granted: () => 'Your account may now administer this installation.',
    } satisfies Record<ChangeOf<'credential-changed'>, (name: string) => string>,
    advice: 'If it was not you, sign in, look through your settings and change your password.',
    action: 'Look at my settings',
  },
  addressChangeRequested: {
    title: {
      EMAIL: 'Your Spacedly e-mail address is about to change',
      PHONE: 'Your Spacedly phone number is about to change',
    },
    body: {
      EMAIL: (address: string) => `Somebody, perhaps you, asked to change your e-mail address to ${address}.`,
      PHONE: (number: string) => `Somebody, perhaps you, asked to change your phone number to ${number}.`,
    },
    advice: 'If it was you, there is nothing to do. If not, cancel the change.',
    action: 'Cancel the change',
  },
  addressChangeReverted: {
    title: {
      EMAIL: 'Your Spacedly e-mail address was changed back',
      PHONE: 'Your Spacedly phone number was changed back',
    },
    body: 'The change was cancelled and all sessions have ended. Set a new password now.',
    action: 'Set a new password',
  },
  accountDeleted: {
    title: 'Your Spacedly account was deleted',
    body: (until: string) => `Your account was deleted. It is kept until ${until} and then removed for good.`,
    advice: 'If you want it back, or if it was not you, restore it before then.',
    action: 'Restore my account',
    byAdmin: 'An administrator deleted it. If you want it back, ask them before then.',
    footnote: 'You get this because this address belonged to the account.',
  },
  merchantVerified: {
    title: (business: string) => `${business} is verified`,
    body: 'Your business was checked and is verified now.',
    action: 'See my business',
    footnote: 'You get this because you registered a business in Spacedly.',
  },
  merchantRejected: {
    title: (business: string) => `${business} could not be verified`,
    body: (reason: string) => `Your business was checked and could not be verified: ${reason}`,
    action: 'Change my business',
  },
  exportReady: {
    title: 'Your data is ready to download',
    body: (until: string) => `The archive with your data is ready. You can download it until ${until}.`,
    action: 'Download my data',
    footnote: 'You get this because you asked Spacedly for your data.',
  },
  shared: {
    title: {
      document: (by: string) => `${by} shared a document with you`,
      task: (by: string) => `${by} shared a task with you`,
    },
    body: (title: string, access: string) => `“${title}”. ${access}`,
    access: {
      read: 'You can read it.',
      comment: 'You can read it and comment on it.',
      write: 'You can read and change it.',
    },
    action: { document: 'Open the document', task: 'Open the task' },
    footnote: 'You get this because somebody shared something with you in Spacedly.',
  },
  shareInvited: {
    somebody: 'Somebody',
    title: {
      document: (by: string) => `${by} shared a document with you`,
      task: (by: string) => `${by} shared a task with you`,
    },
    body: 'It waits for you in Spacedly, a planner that brings things back at the right moment. Create an account with this address to see it.',
    action: 'Create an account',
    footnote: 'You get this because somebody gave Spacedly this address. If you do nothing, nothing happens.',
  },
  commentAdded: {
    title: {
      mention: (by: string, title: string) => `${by} mentioned you in “${title}”`,
      reply: (by: string, title: string) => `${by} replied to you in “${title}”`,
      document: (by: string, title: string) => `${by} commented on “${title}”`,
    },
    action: 'Open the document',
    footnote: 'You get this because it concerns you or a document of yours in Spacedly.',
  },
  reviewsDue: {
    title: (count: number) => (count === 1 ? '1 review is due today' : `${count} reviews are due today`),
    body: 'A few minutes now keep what you have learned.',
    action: 'Start reviewing',
    footnote: 'You get this because you review things in Spacedly.',
  },
  remindersMissed: {
    title: (count: number) => (count === 1 ? '1 reminder was missed' : `${count} reminders were missed`),
    body: (oldest: string, newest: string) =>
      oldest === newest
        ? `We could not send it in time (${newest}). Look whether something still needs you.`
        : `We could not send them in time (${oldest} to ${newest}). Look whether something still needs you.`,
    action: 'See my reminders',
    footnote: 'You get this because you set reminders in Spacedly.',
  },
  reminder: {
    subject: (title: string) => `Reminder: ${title}`,
    due: (due: string) => `Due ${due}`,
    action: 'Open the task',
    footnote: 'You get this because you set a reminder in Spacedly.',
    sms: (title: string, detail: string, url: string) =>
      [`Reminder: ${title}`, detail, url].filter((part) => part !== '').join('\n'),
  },
  actions: { complete: 'Done', snooze: 'In 1 hour', tomorrow: 'Tomorrow' },
  digest: {
    title: (count: number) =>
      count === 1 ? '1 message while it was quiet' : `${count} messages while it was quiet`,
    intro: 'This is what we kept for you:',
    list: 'Messages',
    action: 'Open Spacedly',
    footnote: 'You get this because of your quiet hours, or because there was a great deal to tell at once.',
  },
  morning: {
    title: (day: string) => `Your day: ${day}`,
    summary: (due: number, overdue: number) =>
      overdue === 0 ? `${due} due today.` : `${due} due today, ${overdue} overdue.`,
    overdue: 'Overdue',
    today: 'Today',
    reviews: (count: number) => (count === 1 ? '1 review is due.' : `${count} reviews are due.`),
    time: (count: number) => `About ${minutes(count)} in all.`,
    action: 'Open my day',
    footnote: 'You get this on mornings when something is due. You can switch it off in your settings.',
  },
  weekly: {
    title: 'Your week',
    completed: (count: number) => (count === 1 ? 'You finished 1 task.' : `You finished ${count} tasks.`),
    streak: (days: number) => (days === 1 ? 'Your streak: 1 day.' : `Your streak: ${days} days.`),
    overdue: (count: number) => (count === 1 ? '1 task is overdue.' : `${count} tasks are overdue.`),
    upcoming: (count: number) =>
      count === 1 ? '1 task is due in the coming week.' : `${count} tasks are due in the coming week.`,
    action: 'Look at my week',
    footnote: 'You get this once a week. You can switch it off in your settings.',
  },
  /** Pages that links in messages lead to. */
  pages: {
    complete: {
      title: (task: string) => `Mark “${task}” as done?`,
      button: 'Done',
      done: 'Done. Well done!',
    },
    snooze: {
      title: (task: string) => `Remind me of “${task}” in 1 hour?`,
      button: 'Remind me later',
      done: 'We will remind you in 1 hour.',
    },
    tomorrow: {
      title: (task: string) => `Remind me of “${task}” tomorrow?`,
      button: 'Remind me tomorrow',
      done: 'We will remind you tomorrow.',
    },
    unsubscribe: {
      title: 'Stop these mails?',
      body: 'You will no longer get mails of this kind. Messages about the security of your account still come.',
      button: 'Unsubscribe',
      done: 'You will get no more mails of this kind. You can switch them on again in your settings.',
    },
    gone: {
      title: 'This link no longer works',
      body: 'It was used, it has expired, or what it was for has changed.',
    },
    open: 'Open Spacedly',
  },
  welcome: {
    title: (name: string) => `Welcome to Spacedly, ${name}`,
    body: 'Write down what you want to finish or remember. Spacedly brings it back at the right moment.',
  },
  taskCompleted: {
    title: (title: string) => `You completed: ${title}`,
  },
  layout: {
    securityFootnote: 'Security messages like this one cannot be switched off.',
    unsubscribe: 'Unsubscribe',
    linkHint: 'If the button does not work, open this address:',
  },
};

/** What a language must bring; a missing text does not compile. */
export type Catalogue = typeof en;
