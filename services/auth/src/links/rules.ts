import type { Config } from '@spacedly/kit';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type LinkPurpose = 'EMAIL_VERIFICATION' | 'PASSWORD_RESET' | 'CHANGE_CANCEL';

export const LINK_LIFE_MS: Readonly<Record<LinkPurpose, number>> = {
  EMAIL_VERIFICATION: 24 * HOUR_MS,
  PASSWORD_RESET: HOUR_MS,
  CHANGE_CANCEL: 7 * 24 * HOUR_MS,
};

/** What the right code of a reset is exchanged for. */
export const RESET_TOKEN_LIFE_MS = 15 * MINUTE_MS;

/** Pages of the web app that ask for a click and then post the token: opening one uses nothing up. */
const PAGES: Readonly<Record<LinkPurpose, string>> = {
  EMAIL_VERIFICATION: 'verify-email',
  PASSWORD_RESET: 'reset-password',
  CHANGE_CANCEL: 'cancel-change',
};

/** The link as it stands in a message. Built from PUBLIC_URL alone, never from a header of the request. */
export function linkUrl(
  { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>,
  purpose: LinkPurpose,
  token: string,
): string {
  return `${PUBLIC_URL}/${PAGES[purpose]}?token=${token}`;
}
