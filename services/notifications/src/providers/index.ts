import type { Config, Platform } from '@spacedly/kit';
import type { Provider } from '../delivery/provider.ts';
import { createMailboxProviders } from '../mailbox/provider.ts';
import type { VapidKeys } from '../push/keys.ts';
import type { Channel } from '../templates/messages.ts';
import { paced } from './pace.ts';
import { createWebPush } from './web-push.ts';

type Name = 'smtp' | 'sendgrid' | 'twilio' | 'sns';

interface Named {
  channel: Channel;
  create(config: Config): Promise<Provider>;
}

/** The libraries are large, and an installation needs one or two of them. */
const BY_NAME: Readonly<Record<Name, Named>> = {
  smtp: { channel: 'email', create: async (config) => (await import('./smtp.ts')).createSmtp(config) },
  sendgrid: {
    channel: 'email',
    create: async (config) => (await import('./sendgrid.ts')).createSendGrid(config),
  },
  twilio: { channel: 'sms', create: async (config) => (await import('./twilio.ts')).createTwilio(config) },
  sns: { channel: 'sms', create: async (config) => (await import('./sns.ts')).createSns(config) },
};

/** A provider whose library is read while the rest starts. */
function created(name: Name, config: Config): Provider {
  const { channel, create } = BY_NAME[name];
  const creating = create(config);
  // Told to whoever sends.
  creating.catch(() => {});
  return {
    name,
    channel,
    send: async (message) => (await creating).send(message),
    close: () => void creating.then((provider) => provider.close?.()).catch(() => {}),
  };
}

const isSetUp = ({
  SMTP_URL,
  SENDGRID_API_KEY,
  TWILIO_ACCOUNT_SID,
  SNS_REGION,
}: Config): Record<Name, boolean> => ({
  smtp: SMTP_URL !== undefined,
  sendgrid: SENDGRID_API_KEY !== undefined,
  twilio: TWILIO_ACCOUNT_SID !== undefined,
  sns: SNS_REGION !== undefined,
});

/** Providers of mail and SMS in the order in which they are tried. */
function chosen(config: Config): Provider[] {
  const { EMAIL_PROVIDERS = ['smtp', 'sendgrid'], SMS_PROVIDERS = ['twilio', 'sns'] } = config;
  const has = isSetUp(config);
  const rates = {
    email: config.EMAILS_PER_SECOND,
    sms: config.SMS_PER_SECOND,
    push: Number.MAX_SAFE_INTEGER,
  };
  return [...EMAIL_PROVIDERS, ...SMS_PROVIDERS]
    .filter((name) => has[name])
    .map((name) => created(name, config))
    .map((provider) => paced(provider, rates[provider.channel]));
}

/** Ways to send over each channel, in the order in which they are tried. */
export interface Providers {
  of(channel: Channel, subscriptionId: string | null): readonly Provider[];
  /** Whether pushes to nobody's device have somewhere to go. */
  hasMailbox: boolean;
  close(): void;
}

/** The given providers; the mailbox takes what none of them does. */
export function createProviders(real: readonly Provider[], mailbox: readonly Provider[]): Providers {
  return {
    of(channel, subscriptionId) {
      const ofChannel = ({ channel: one }: Provider) => one === channel;
      // A push without a device is the copy for the mailbox.
      if (channel === 'push') return (subscriptionId === null ? mailbox : real).filter(ofChannel);
      const found = real.filter(ofChannel);
      return found.length > 0 ? found : mailbox.filter(ofChannel);
    },
    hasMailbox: mailbox.length > 0,
    close() {
      for (const provider of real) provider.close?.();
    },
  };
}

/**
 * The providers that the configuration names. An installation that cannot send is told so at its start: nobody could
 * sign up, and every message would be a dead letter.
 */
export function providersOf(platform: Platform, keys: () => Promise<VapidKeys>): Providers {
  const { config, log } = platform;
  const real = chosen(config);
  if (!config.DEV_MAILBOX && !real.some(({ channel }) => channel === 'email')) {
    const how =
      'set SMTP_URL and MAIL_FROM, or SENDGRID_API_KEY and MAIL_FROM, or DEV_MAILBOX=1 to try things out';
    log.error(`no mail provider is set up: nobody can sign up or reset a password; ${how}`);
  }
  const mailbox = config.DEV_MAILBOX ? createMailboxProviders(platform) : [];
  return createProviders([...real, createWebPush(platform, { keys })], mailbox);
}
