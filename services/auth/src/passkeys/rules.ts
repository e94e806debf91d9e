import type { Passkey } from '@spacedly/contracts';
import type { Config } from '@spacedly/kit';
import type { PasskeyRow } from './store.ts';

export const CHALLENGE_LIFE_MS = 5 * 60_000;
export const MAX_PASSKEYS = 20;

/** What a passkey is bound to: the host people use, and the origin its answers must come from. */
export function relyingParty({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): { rpId: string; origin: string } {
  const { hostname, origin } = new URL(PUBLIC_URL);
  return { rpId: hostname, origin };
}

/** The user handle of a person, the 16 bytes of their id: it says nothing of them (WebAuthn, section 14.6.1). */
export function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}

/** The challenge an answer names; null when it cannot be one of ours. Whether it is, the store decides. */
export function challengeOf(clientDataJson: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    const challenge = (data as { challenge?: unknown } | null)?.challenge;
    return typeof challenge === 'string' && /^[\w-]{20,100}$/.test(challenge) ? challenge : null;
  } catch {
    return null;
  }
}

/**
 * Does the signature counter tell of a copied key (WebAuthn, section 6.1.1)? Authenticators that do not count
 * always say 0.
 */
export function isCopied(storedCounter: number, seenCounter: number): boolean {
  return (storedCounter > 0 || seenCounter > 0) && seenCounter <= storedCounter;
}

export function presentPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    isSynced: row.isSynced,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
