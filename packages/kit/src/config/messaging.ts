import { z } from 'zod';
import { commaList, onOff, optional, wholeNumber } from './fields.ts';

const webAddress = optional(z.url({ protocol: /^https?$/ }));

/** How messages leave the installation, and how many may. */
export const messagingSettings = {
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })).meta({
    description:
      'Mail server. smtp:// starts TLS (STARTTLS), smtps:// begins with it; certificates are verified',
    example: 'smtp://user:password@mail.example.com:587',
  }),
  SMTP_REQUIRE_TLS: optional(onOff).meta({
    description: 'Whether mail may only go to SMTP_URL over TLS. On, except for a server on this machine',
    example: '1',
  }),
  MAIL_FROM: optional(z.string().regex(/^[^\r\n]{3,320}$/)).meta({
    description: 'Sender of mails; needed with SMTP_URL or SENDGRID_API_KEY',
    example: 'Spacedly <plan@example.com>',
  }),
  SENDGRID_API_KEY: optional(z.string()).meta({ description: 'Send mail through the API of SendGrid' }),
  SENDGRID_BASE_URL: webAddress.meta({
    description: 'Address of that API, where it is not the usual one',
    example: 'https://api.eu.sendgrid.com',
  }),
  EMAIL_PROVIDERS: optional(commaList.pipe(z.array(z.enum(['smtp', 'sendgrid'])))).meta({
    description:
      'Order in which mail providers are tried. Default: smtp, then sendgrid, those that are set up',
    example: 'smtp,sendgrid',
  }),
  EMAILS_PER_SECOND: wholeNumber(1, 10_000).default(20).meta({
    description: 'Most mails each process hands to one provider in a second',
  }),
  TWILIO_ACCOUNT_SID: optional(z.string().regex(/^AC\w+$/)).meta({
    description: 'Send SMS through Twilio; needs TWILIO_AUTH_TOKEN and TWILIO_FROM',
  }),
  TWILIO_AUTH_TOKEN: optional(z.string()).meta({ description: 'The secret of that account' }),
  TWILIO_FROM: optional(z.string().regex(/^(\+[1-9]\d{6,14}|MG\w+|[A-Za-z0-9 ]{1,11})$/)).meta({
    description: 'Number, messaging service (MG…) or name that SMS come from',
    example: '+14155550100',
  }),
  TWILIO_BASE_URL: webAddress.meta({
    description: 'Address of the API of Twilio, where it is not the usual one',
    example: 'https://api.dublin.ie1.twilio.com',
  }),
  SNS_REGION: optional(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/)).meta({
    description: 'Send SMS through Amazon SNS of this region; credentials come as for every AWS program',
    example: 'eu-central-1',
  }),
  SNS_ENDPOINT: webAddress.meta({
    description: 'Address of SNS, where it is not that of the region',
    example: 'http://localhost:4566',
  }),
  SNS_SENDER_ID: optional(z.string().regex(/^[A-Za-z0-9-]{1,11}$/)).meta({
    description: 'Name that SMS sent through SNS come from, in countries that show one',
    example: 'Spacedly',
  }),
  SMS_PROVIDERS: optional(commaList.pipe(z.array(z.enum(['twilio', 'sns'])))).meta({
    description: 'Order in which SMS providers are tried. Default: twilio, then sns, those that are set up',
    example: 'twilio,sns',
  }),
  SMS_PER_SECOND: wholeNumber(1, 1_000).default(5).meta({
    description: 'Most SMS each process hands to one provider in a second',
  }),
  SMS_PER_NUMBER_HOUR: wholeNumber(1, 10_000).default(10).meta({
    description: 'Most SMS to one number in an hour',
  }),
  SMS_PER_IP_HOUR: wholeNumber(1, 100_000).default(20).meta({
    description: 'Most SMS in an hour that one network causes, where the network is known',
  }),
  SMS_PER_COUNTRY_HOUR: wholeNumber(1, 1_000_000).default(200).meta({
    description: 'Most SMS to numbers of one country prefix in an hour',
  }),
  SMS_PER_DAY: wholeNumber(1, 100_000_000).default(1_000).meta({
    description: 'Most SMS in a day. Beyond it no SMS leaves until an admin lifts the stop',
  }),
  MESSAGES_PER_HOUR: wholeNumber(1, 10_000).default(20).meta({
    description:
      'Messages a person gets over one channel in an hour; what comes beyond is gathered in a digest',
  }),
  PRIVATE_HOSTS_ALLOWED: optional(commaList).meta({
    description:
      'Hosts of this network that addresses given by people may point to, such as an own push service',
    example: 'push.lan',
  }),
};

const messaging = z.object(messagingSettings);
type Messaging = z.output<typeof messaging>;

/** Whether anything is set up that takes messages out of the installation. */
export function hasMessageProvider(config: Messaging): boolean {
  const { SMTP_URL, SENDGRID_API_KEY, TWILIO_ACCOUNT_SID, SNS_REGION } = config;
  return [SMTP_URL, SENDGRID_API_KEY, TWILIO_ACCOUNT_SID, SNS_REGION].some((value) => value !== undefined);
}

/** What does not fit together, in words for the person who starts the program. */
export function messagingIssues(config: Messaging): string[] {
  const issues: string[] = [];
  const { SMTP_URL, SENDGRID_API_KEY, MAIL_FROM, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM } =
    config;
  if ((SMTP_URL !== undefined || SENDGRID_API_KEY !== undefined) && MAIL_FROM === undefined) {
    issues.push('MAIL_FROM: must say who mails are from (for example MAIL_FROM=Spacedly <plan@example.com>)');
  }
  const twilio = [TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM].filter((value) => value !== undefined);
  if (twilio.length % 3 !== 0) {
    issues.push('TWILIO_ACCOUNT_SID: goes together with TWILIO_AUTH_TOKEN and TWILIO_FROM; set all or none');
  }
  const isSetUp: Record<string, boolean> = {
    smtp: SMTP_URL !== undefined,
    sendgrid: SENDGRID_API_KEY !== undefined,
    twilio: TWILIO_ACCOUNT_SID !== undefined,
    sns: config.SNS_REGION !== undefined,
  };
  for (const list of ['EMAIL_PROVIDERS', 'SMS_PROVIDERS'] as const) {
    for (const name of config[list] ?? []) {
      if (!isSetUp[name]) issues.push(`${list}: names ${name}, which is not set up`);
    }
  }
  return issues;
}
