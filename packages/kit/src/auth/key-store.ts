import { type CryptoKey, importJWK, type JWK } from 'jose';

/** An unknown `kid` asks again at most this often, so that made-up ones cannot cause a storm. */
const REFETCH_MS = 10_000;

export interface KeyStore {
  /** The key of that name, asked for again when it is not known. */
  find(kid: string): Promise<CryptoKey | Uint8Array | undefined>;
  /** Reads the keys again, whenever they were read last. */
  reread(): Promise<void>;
}

interface KeyStoreOptions {
  algorithm: string;
  fetchKeys(): Promise<JWK[]>;
  /** A key that was there is gone: nothing verified with it may be trusted any more. */
  onRemoved(): void;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Public keys by `kid`, as the issuer publishes them (RFC 7517). */
export function createKeyStore({ algorithm, fetchKeys, onRemoved, now }: KeyStoreOptions): KeyStore {
  let keys = new Map<string, CryptoKey | Uint8Array>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | null = null;

  async function fetchNow(): Promise<void> {
    const startedAt = now();
    const next = new Map<string, CryptoKey | Uint8Array>();
    for (const jwk of await fetchKeys()) {
      if (jwk.kid !== undefined) next.set(jwk.kid, await importJWK(jwk, algorithm));
    }
    const isAnyGone = [...keys.keys()].some((kid) => !next.has(kid));
    keys = next;
    fetchedAt = startedAt;
    if (isAnyGone) onRemoved();
  }

  function begin(): Promise<void> {
    const begun = fetchNow().finally(() => {
      if (fetching === begun) fetching = null;
    });
    fetching = begun;
    return begun;
  }

  return {
    async find(kid) {
      if (!keys.has(kid) && now() - fetchedAt > REFETCH_MS) await (fetching ?? begin());
      return keys.get(kid);
    },
    async reread() {
      // One that is under way may have read before the change we were told of.
      await fetching?.catch(() => {});
      await begin();
    },
  };
}
