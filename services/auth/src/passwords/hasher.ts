import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { hashFormat, verifyForeign } from './formats.ts';
import { createGate } from './gate.ts';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** How a hash of ours begins; anything else is verified and then replaced. */
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$';

export interface PasswordHasher {
  /** @throws Problem SIGN_IN_BUSY when too many are waiting */
  hash(password: string): Promise<string>;
  /** Takes any format of `formats.ts`, and the same time when there is no hash to compare with. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
  /** True when the hash should be made anew from the password that was just right. */
  isOutdated(passwordHash: string): boolean;
}

/** Argon2id off the event loop, as many at once as there are cores. */
export function createPasswordHasher(): PasswordHasher {
  const gate = createGate(availableParallelism());
  const decoy = hash('no account has this password', ARGON2ID);
  return {
    hash: (password) => gate(() => hash(password, ARGON2ID)),
    async verify(passwordHash, password) {
      const isRight = await gate(async () => {
        const known = passwordHash ?? (await decoy);
        if (hashFormat(known) !== 'argon2id') return verifyForeign(known, password);
        // An imported hash that only looks like Argon2 matches nothing.
        return verify(known, password).catch(() => false);
      });
      return isRight && passwordHash !== null;
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(CURRENT),
  };
}
