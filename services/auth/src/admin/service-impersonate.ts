import { newId, Problem } from '@spacedly/kit';
import { lockUser, type UserRow } from '../accounts/store.ts';
import { type Actor, recordAudit } from '../audit/service.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { ACCESS_TOKEN_SECONDS } from '../sessions/rules.ts';
import { signAccessToken } from '../sessions/service-open.ts';
import { insertSession } from '../sessions/store.ts';
import { assertStillAllowed, lockAdmins } from './guard.ts';
import { whyNotImpersonate } from './rules.ts';

/** What the person reads in the list of their sessions, where they can end this one too. */
const DEVICE = 'An admin acting for you';

const REASONS = {
  self: 'This is your own account',
  admin: 'Nobody acts for an admin',
  inactive: 'This account is deactivated',
} as const;

/**
 * Lets an admin act for a person for 15 minutes: a session without a refresh token. It ends with the person's other
 * sessions, and with the admin's.
 * @throws Problem USER_NOT_FOUND, CANNOT_IMPERSONATE, FORBIDDEN
 */
export async function impersonate(
  deps: AuthDeps,
  actor: Actor,
  userId: string,
  origin: Origin,
): Promise<{ user: UserRow; accessToken: string }> {
  const { db, now } = deps;
  const adminId = actor.actorId as string;
  const session = { id: newId(), amr: [] };
  const user = await db.transaction(async (tx) => {
    await lockAdmins(tx);
    await assertStillAllowed(tx, actor, 'users.impersonate');
    const found = await lockUser(tx, userId);
    if (found === null || found.deletedAt !== null) throw new Problem('USER_NOT_FOUND');
    const refusal = whyNotImpersonate(found, adminId);
    if (refusal !== null) throw new Problem('CANNOT_IMPERSONATE', { detail: REASONS[refusal] });
    const at = now();
    await insertSession(tx, {
      ...session,
      userId,
      userAgent: DEVICE,
      ip: origin.ip,
      isRemembered: false,
      createdAt: at,
      lastSeenAt: at,
      endsAt: new Date(at.getTime() + ACCESS_TOKEN_SECONDS * 1_000),
      impersonatedBy: adminId,
    });
    await recordAudit(tx, actor, { action: 'user.impersonated', targetId: userId, at });
    await recordEvent(tx, { userId, type: 'impersonated', origin: null, now: at });
    return found;
  });
  const accessToken = await signAccessToken(deps, user, { ...session, role: user.role }, adminId);
  return { user, accessToken };
}
