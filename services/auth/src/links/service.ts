import { randomBytes } from 'node:crypto';
import { type Db, Problem, sha256 } from '@spacedly/kit';
import type { AuthDeps } from '../deps.ts';
import { LINK_LIFE_MS, type LinkPurpose } from './rules.ts';
import { endLinksTo, findLink, insertLink, type LinkRow, takeLink } from './store.ts';

interface NewLink {
  purpose: LinkPurpose;
  /** Null for an address without an account. */
  userId: string | null;
  address: string;
  /** Null makes a link that leads nowhere, for an address that must look like any other. */
  payload: object | null;
  lifeMs?: number;
}

/** Makes a one-time token of 256 random bits, of which only a hash is kept, in place of older ones to the address. */
export async function createLink(
  tx: Db,
  { now }: Pick<AuthDeps, 'now'>,
  { purpose, userId, address, payload, lifeMs = LINK_LIFE_MS[purpose] }: NewLink,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const target = address.toLowerCase();
  const expiresAt = new Date(now().getTime() + lifeMs);
  const tokenHash = sha256(token);
  // Written before others are ended: it waits for whoever holds the person's row while it holds nothing itself.
  await insertLink(tx, { tokenHash, purpose, userId, target, payload, expiresAt });
  // Links that cancel stay: each belongs to a change of its own.
  if (purpose !== 'CHANGE_CANCEL') await endLinksTo(tx, target, purpose, now(), tokenHash);
  return { token, expiresAt };
}

const orExpired = (row: LinkRow | null): LinkRow => {
  if (row === null || row.payload === null) throw new Problem('LINK_EXPIRED');
  return row;
};

/** Looks at a link without using it up. @throws Problem LINK_EXPIRED */
export async function peekLink(db: Db, { now }: Pick<AuthDeps, 'now'>, purpose: LinkPurpose, token: string) {
  return orExpired(await findLink(db, purpose, sha256(token), now()));
}

/** Uses a link up; it works once, also under parallel tries. @throws Problem LINK_EXPIRED */
export async function useLink(tx: Db, { now }: Pick<AuthDeps, 'now'>, purpose: LinkPurpose, token: string) {
  return orExpired(await takeLink(tx, purpose, sha256(token), now()));
}
