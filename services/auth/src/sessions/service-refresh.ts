import { type Db, Problem, sha256 } from '@spacedly/kit';
import type { UserRow } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { placeOf } from '../origin.ts';
import { decideRefresh, refreshLifeMs } from './rules.ts';
import { deniedUntil } from './service-end.ts';
import type { Amr, NewSession } from './service-open.ts';
import * as store from './store.ts';

type Found = NonNullable<Awaited<ReturnType<typeof store.lockRefreshToken>>>;

/**
 * The one token that follows another, computed rather than stored: every tab that presents the same token within
 * the grace gets the same successor, on any instance and after any restart, and the database still holds hashes
 * only. Without SPACEDLY_SECRET nobody can compute it.
 */
function successorOf({ secrets }: AuthDeps, refreshToken: string): string {
  return Buffer.from(secrets.hmac(`refresh:${refreshToken}`), 'hex').toString('base64url');
}

async function rotate(
  tx: Db,
  deps: AuthDeps,
  found: Found,
  refreshToken: string,
  origin: Origin,
): Promise<NewSession> {
  const at = deps.now();
  const { session, token } = found;
  const successor = successorOf(deps, refreshToken);
  const life = new Date(at.getTime() + refreshLifeMs(session.isRemembered));
  const expiresAt = life < session.endsAt ? life : session.endsAt;
  await store.markRotated(tx, token.tokenHash, at);
  await store.insertRefreshToken(tx, {
    tokenHash: sha256(successor),
    sessionId: session.id,
    createdAt: at,
    expiresAt,
  });
  await store.touchSession(tx, session.id, origin.ip, at);
  const amr = session.amr as Amr[];
  return { id: session.id, refreshToken: successor, refreshExpiresAt: expiresAt, amr, role: found.user.role };
}

async function endStolen(
  tx: Db,
  { outbox, now }: AuthDeps,
  { session, user }: Found,
  origin: Origin,
): Promise<void> {
  const ended = await store.endSessions(
    tx,
    { userId: user.id, sessionId: session.id },
    now(),
    deniedUntil(now()),
  );
  if (ended === 0) return;
  await recordEvent(tx, { userId: user.id, type: 'refresh_token_reused', origin, now: now() });
  await outbox.publish(tx, 'session.token_reused', {
    userId: user.id,
    sessionId: session.id,
    ...placeOf(origin),
  });
}

/**
 * Exchanges a refresh token for its successor. Ten parallel uses give ten answers with one and the same successor;
 * an older token ends the session and tells the owner.
 * @throws Problem INVALID_REFRESH_TOKEN
 */
export async function refresh(
  deps: AuthDeps,
  refreshToken: string,
  origin: Origin,
): Promise<{ user: UserRow; session: NewSession }> {
  const { db, now } = deps;
  const result = await db.transaction(async (tx) => {
    const found = await store.lockRefreshToken(tx, sha256(refreshToken));
    if (found === null || !found.user.isActive || found.user.deletedAt !== null) return null;
    const successor = successorOf(deps, refreshToken);
    const isSuccessorUsed = found.token.rotatedAt !== null && (await store.isRotated(tx, sha256(successor)));
    const decision = decideRefresh(found.token, found.session, isSuccessorUsed, now());
    if (decision === 'rotate') {
      return { user: found.user, session: await rotate(tx, deps, found, refreshToken, origin) };
    }
    if (decision === 'repeat-successor') {
      const refreshExpiresAt = new Date(now().getTime() + refreshLifeMs(found.session.isRemembered));
      return {
        user: found.user,
        session: {
          id: found.session.id,
          refreshToken: successor,
          refreshExpiresAt,
          amr: found.session.amr as Amr[],
          role: found.user.role,
        },
      };
    }
    if (decision === 'reused') await endStolen(tx, deps, found, origin);
    return null;
  });
  if (result === null) throw new Problem('INVALID_REFRESH_TOKEN');
  return result;
}
