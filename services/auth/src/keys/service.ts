import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { KEYS_CHANGED_CHANNEL, newId, type Secrets, type Signals, TOKEN_ALGORITHM } from '@spacedly/kit';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { chooseSigningKey, isRotationDue, neededKeys, PUBLISH_AHEAD_MS } from './rules.ts';
import { announceKeys, insertKey, type KeyRow, keepKeys, listKeys, lockKeys } from './store.ts';

export interface SigningKey {
  kid: string;
  key: KeyObject;
}

export interface SigningKeys {
  /** The key that signs now; made at first use. */
  current(): Promise<SigningKey>;
  /** Public keys that verify tokens still alive, and the one that signs next (RFC 7517). */
  published(): Promise<JWK[]>;
}

export interface KeyDeps {
  db: NodePgDatabase;
  secrets: Secrets;
  now: () => Date;
}

/** Keys are read again after this long even where the signal was lost; less than they are published ahead. */
const RELOAD_MS = 15_000;

/**
 * Why a key is made. `missing` and `due` make one only where that is so; `asked` makes one in any case; `revoked`
 * also takes every other key out of use at once, which ends all access tokens (refresh tokens go on).
 */
export type RotationReason = 'missing' | 'due' | 'asked' | 'revoked';

async function newKey({ secrets, now }: KeyDeps): Promise<Omit<KeyRow, 'signsFrom'>> {
  const { privateKey, publicKey } = await generateKeyPair(TOKEN_ALGORITHM, {
    crv: 'Ed25519',
    extractable: true,
  });
  const kid = newId();
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: TOKEN_ALGORITHM, use: 'sig' };
  const sealedPrivateJwk = secrets.seal(JSON.stringify(await exportJWK(privateKey)));
  return { kid, publicJwk, sealedPrivateJwk, createdAt: now() };
}

const isNeeded = (reason: RotationReason, keys: KeyRow[], now: Date) =>
  reason === 'missing' ? keys.length === 0 : reason !== 'due' || isRotationDue(keys, now);

/**
 * Makes a new signing key and removes those nobody needs. It is published at once and signs `PUBLISH_AHEAD_MS`
 * later; the first one, and one that replaces revoked keys, signs at once.
 * @returns the new key, or null when none was needed
 */
export async function rotateKeys(deps: KeyDeps, reason: RotationReason): Promise<KeyRow | null> {
  const { db, now } = deps;
  if (!isNeeded(reason, await listKeys(db), now())) return null;
  const made = await newKey(deps);
  return db.transaction(async (tx) => {
    await lockKeys(tx);
    const keys = await listKeys(tx);
    if (!isNeeded(reason, keys, now())) return null;
    const signsAtOnce = keys.length === 0 || reason === 'revoked';
    const signsFrom = new Date(now().getTime() + (signsAtOnce ? 0 : PUBLISH_AHEAD_MS));
    const row: KeyRow = { ...made, signsFrom };
    await insertKey(tx, row);
    const kept = reason === 'revoked' ? [row] : neededKeys([...keys, row], now());
    await keepKeys(
      tx,
      kept.map(({ kid }) => kid),
    );
    await announceKeys(tx);
    return row;
  });
}

/** Ed25519 keys kept in the database, so that every instance signs with the same one. */
export function createSigningKeys(deps: KeyDeps, signals: Signals): SigningKeys {
  const { db, secrets, now } = deps;
  let loaded: { rows: Promise<KeyRow[]>; at: number } | null = null;
  const imported = new Map<string, KeyObject>();
  const forget = () => {
    loaded = null;
  };
  // Where this fails the keys are still read again every few seconds.
  signals.subscribe(KEYS_CHANGED_CHANNEL, forget, forget).catch(() => {});

  async function read(): Promise<KeyRow[]> {
    const rows = await listKeys(db);
    if (rows.length > 0) return rows;
    await rotateKeys(deps, 'missing');
    return listKeys(db);
  }

  function rows(): Promise<KeyRow[]> {
    if (loaded === null || Math.abs(now().getTime() - loaded.at) > RELOAD_MS) {
      const fresh = { rows: read(), at: now().getTime() };
      fresh.rows.catch(() => {
        if (loaded === fresh) loaded = null;
      });
      loaded = fresh;
    }
    return loaded.rows;
  }

  function privateKeyOf({ kid, sealedPrivateJwk }: KeyRow): KeyObject {
    const known = imported.get(kid);
    if (known !== undefined) return known;
    const jwk = JSON.parse(secrets.open(sealedPrivateJwk)) as JsonWebKey;
    const key = createPrivateKey({ key: jwk, format: 'jwk' });
    imported.set(kid, key);
    return key;
  }

  return {
    async current() {
      const row = chooseSigningKey(await rows(), now());
      if (row === null) throw new Error('there is no signing key');
      return { kid: row.kid, key: privateKeyOf(row) };
    },
    /** Read from the database each time: what is published must never lag behind what signs. */
    published: async () => neededKeys(await read(), now()).map(({ publicJwk }) => publicJwk as JWK),
  };
}
