import { Problem } from '@spacedly/kit';

let common: Promise<Set<string>> | undefined;

/** About 50,000 passwords from breaches, loaded when the first password is set. */
function commonPasswords(): Promise<Set<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'] as string[]),
  );
  return common;
}

const weak = (message: string, field: string) =>
  new Problem('WEAK_PASSWORD', { detail: message, errors: [{ path: `body.${field}`, message }] });

/**
 * Refuses what an attacker tries first. No composition rules: they make passwords worse (NIST SP 800-63B §3.1.1).
 * @param owned the person's own e-mail, phone and name
 * @param field of the body, for the error
 * @throws Problem WEAK_PASSWORD
 */
export async function assertGoodPassword(
  password: string,
  owned: readonly (string | null)[],
  field = 'password',
): Promise<void> {
  const lower = password.toLowerCase();
  if (owned.some((value) => value?.toLowerCase() === lower)) {
    throw weak('The password must not be your name or address', field);
  }
  if ((await commonPasswords()).has(lower)) {
    throw weak('This password is one of the most common ones and would be guessed at once', field);
  }
}
