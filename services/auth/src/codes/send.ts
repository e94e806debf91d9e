import type { Db } from '@spacedly/kit';
import { type Reader, readerOf } from '../accounts/rules.ts';
import type { AuthDeps } from '../deps.ts';
import type { CodePurpose } from './rules.ts';
import { issueCode } from './service.ts';

export type CodeChannel = 'EMAIL' | 'SMS';

export interface Recipient {
  channel: CodeChannel;
  /** As the person writes it. */
  address: string;
}

interface Message extends Recipient {
  purpose: CodePurpose;
  payload: object | null;
  /** Whom to greet; null sends nothing, in the same time, and no guess will match. */
  reader: (Reader & { name: string }) | null;
  /** A link that does what the code does; only mails carry it. */
  link?: string;
}

/** The address of a body that carries exactly one. */
export function recipientOf({
  email,
  phone,
}: {
  email?: string | undefined;
  phone?: string | undefined;
}): Recipient {
  return email === undefined
    ? { channel: 'SMS', address: phone as string }
    : { channel: 'EMAIL', address: email };
}

/**
 * Makes a code and has it sent with the commit.
 * @throws Problem CODE_RECENTLY_SENT or TOO_MANY_CODES, before anything is written
 */
export async function sendCode(
  tx: Db,
  deps: Pick<AuthDeps, 'secrets' | 'now' | 'config' | 'outbox'>,
  { channel, address, purpose, payload, reader, link }: Message,
): Promise<{ expiresAt: Date }> {
  const { outbox, secrets } = deps;
  const key = { target: address.toLowerCase(), purpose };
  const { code, expiresAt } = await issueCode(tx, deps, key, { payload, isDecoy: reader === null });
  if (reader === null) {
    await outbox.publish(tx, 'code.withheld', {});
  } else {
    await outbox.publish(tx, 'code.issued', {
      channel,
      to: address,
      ...readerOf(reader),
      name: reader.name,
      purpose,
      sealedCode: secrets.seal(code),
      expiresAt: expiresAt.toISOString(),
      ...(channel === 'EMAIL' && link !== undefined && { sealedLink: secrets.seal(link) }),
    });
  }
  return { expiresAt };
}
