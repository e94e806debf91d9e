import type { createTokenBody, PersonalToken, TokenOwner } from '@spacedly/contracts';
import { type IdempotencyClaim, newId, OWNER_CACHE_MS, once, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { idempotencyKeys } from '../schema.ts';
import { denySessions } from '../sessions/store-denied.ts';
import { tellCredentialChange } from '../tell-credential.ts';
import { expiryOf, MAX_TOKENS, presentToken, tokenOf } from './rules.ts';
import { countTokensLocked, findLiveToken, insertToken, removeTokens, touchToken } from './store.ts';

/** Longer than any process may still believe in a token that is gone. */
const DENY_MS = 12 * OWNER_CACHE_MS;

/**
 * Creates a personal access token and gives it out, this once.
 * @throws Problem TOO_MANY_TOKENS, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
 */
export async function createToken(
  deps: AuthDeps,
  userId: string,
  body: z.output<typeof createTokenBody>,
  { origin, idempotency }: { origin: Origin; idempotency: IdempotencyClaim | null },
): Promise<PersonalToken & { token: string }> {
  const { db, secrets, outbox } = deps;
  const now = deps.now();
  const expiresAt = expiryOf(body.expiresAt, now);
  const made = await db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      if ((await countTokensLocked(tx, userId, now)) >= MAX_TOKENS) throw new Problem('TOO_MANY_TOKENS');
      const id = newId();
      const { tokenHash, hint } = tokenOf(secrets, id);
      const { name, scopes } = body;
      const row = await insertToken(tx, {
        id,
        userId,
        tokenHash,
        hint,
        name,
        scopes,
        createdAt: now,
        expiresAt,
      });
      const details = { name, scopes: scopes.join(', ') };
      await recordEvent(tx, { userId, type: 'access_token_created', origin, now, details });
      await tellCredentialChange(tx, outbox, { userId, change: 'access_token_created', name, origin });
      return presentToken(row);
    }),
  );
  return { ...made, token: tokenOf(secrets, made.id).token };
}

/**
 * Deletes tokens of a person, one or all, and cuts them off on every instance.
 * @throws Problem TOKEN_NOT_FOUND when the one named is not theirs
 */
export async function deleteToken(
  { db, now }: AuthDeps,
  where: { userId: string; tokenId: string },
  origin: Origin,
): Promise<void> {
  const { userId } = where;
  await db.transaction(async (tx) => {
    const [removed] = await removeTokens(tx, where);
    if (removed === undefined) throw new Problem('TOKEN_NOT_FOUND');
    await denySessions(tx, [removed.id], new Date(now().getTime() + DENY_MS));
    const details = { name: removed.name };
    await recordEvent(tx, { userId, type: 'access_token_revoked', origin, now: now(), details });
  });
}

/**
 * Whose a token is, for the processes that verify it.
 * @throws Problem TOKEN_NOT_FOUND also for one that ended or whose owner may not act
 */
export async function findTokenOwner({ db, now }: AuthDeps, tokenHash: string): Promise<TokenOwner> {
  const found = await findLiveToken(db, tokenHash, now());
  if (found === null) throw new Problem('TOKEN_NOT_FOUND');
  const { id: tokenId, userId, scopes, expiresAt } = found.token;
  await touchToken(db, tokenId, now());
  return { tokenId, userId, role: found.role, scopes, expiresAt: expiresAt?.toISOString() ?? null };
}
