import { newId, type Secrets, TOKEN_ALGORITHM } from '@spacedly/kit';
import { desc, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { signingKeys } from '../schema.ts';

export interface SigningKeys {
  /** The key that signs now; made at first use. */
  current(): Promise<{ kid: string; key: CryptoKey | Uint8Array }>;
  /** Public keys that verify tokens still alive (RFC 7517). */
  published(): Promise<JWK[]>;
}

/** Any number; the lock makes two instances that start together agree on one first key. */
const KEY_LOCK = 7_239_418;

async function createKey(db: NodePgDatabase, secrets: Secrets, now: Date) {
  const { privateKey, publicKey } = await generateKeyPair(TOKEN_ALGORITHM, {
    crv: 'Ed25519',
    extractable: true,
  });
  const kid = newId();
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: TOKEN_ALGORITHM, use: 'sig' };
  const sealedPrivateJwk = secrets.seal(JSON.stringify(await exportJWK(privateKey)));
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${KEY_LOCK})`);
    const [existing] = await tx.select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(1);
    if (existing) return existing;
    const row = { kid, publicJwk, sealedPrivateJwk, createdAt: now };
    await tx.insert(signingKeys).values(row);
    return row;
  });
}

/** Ed25519 keys kept in the database, so that every instance signs with the same one. */
export function createSigningKeys(db: NodePgDatabase, secrets: Secrets, now: () => Date): SigningKeys {
  let current: ReturnType<SigningKeys['current']> | null = null;

  async function load() {
    const [newest] = await db.select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(1);
    const row = newest ?? (await createKey(db, secrets, now()));
    const jwk = JSON.parse(secrets.open(row.sealedPrivateJwk)) as JWK;
    return { kid: row.kid, key: await importJWK(jwk, TOKEN_ALGORITHM) };
  }

  return {
    current() {
      current ??= load().catch((error) => {
        current = null;
        throw error;
      });
      return current;
    },
    async published() {
      const rows = await db.select({ jwk: signingKeys.publicJwk }).from(signingKeys);
      return rows.map(({ jwk }) => jwk as JWK);
    },
  };
}
