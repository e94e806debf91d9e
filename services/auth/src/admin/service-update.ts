import type { UpdateUserBody } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import { lockUser, tellChanged, type UserRow, updateUser } from '../accounts/store.ts';
import { type Actor, recordAudit } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { deniedUntil } from '../sessions/service-end.ts';
import { endSessions } from '../sessions/store.ts';
import { tellCredentialChange } from '../tell-credential.ts';
import { assertAnotherAdmin, assertStillAllowed, lockAdmins } from './guard.ts';
import { endsSessions, losesAdmin, planUserChange, type UserChange } from './rules.ts';

/** Both logs: the audit log for those who look after the installation, the security log for the person. */
async function tellLogs(tx: Db, actor: Actor, user: UserRow, change: UserChange, now: Date): Promise<void> {
  const { role, isActive, department, isEditor } = change;
  const audit = { targetId: user.id, at: now };
  if (department !== undefined) {
    const detail = { from: user.department, to: department };
    await recordAudit(tx, actor, { action: 'user.department_changed', ...audit, detail });
  }
  if (isEditor !== undefined) {
    await recordAudit(tx, actor, { action: 'user.editor_changed', ...audit, detail: { to: isEditor } });
  }
  if (role !== undefined) {
    const detail = { from: user.role, to: role };
    await recordAudit(tx, actor, { action: 'user.role_changed', ...audit, detail });
    await recordEvent(tx, { userId: user.id, type: 'role_changed', origin: null, now, details: detail });
  }
  if (isActive !== undefined) {
    const action = isActive ? 'user.reactivated' : 'user.deactivated';
    const type = isActive ? 'account_reactivated' : 'account_deactivated';
    await recordAudit(tx, actor, { action, ...audit });
    await recordEvent(tx, { userId: user.id, type, origin: null, now });
  }
}

/**
 * Changes a role or department, or deactivates an account. Of another role or a deactivation its sessions end with the
 * commit: a token carries the role it was signed with, and must not outlive it.
 * @throws Problem USER_NOT_FOUND, PRECONDITION_FAILED, LAST_ADMIN, FORBIDDEN
 */
export async function changeUser(
  { db, outbox, now }: AuthDeps,
  actor: Actor,
  where: { userId: string; ifMatch: number | null },
  body: UpdateUserBody,
): Promise<UserRow> {
  return db.transaction(async (tx) => {
    await lockAdmins(tx);
    await assertStillAllowed(tx, actor, 'users.update');
    const user = await lockUser(tx, where.userId);
    if (user === null || user.deletedAt !== null) throw new Problem('USER_NOT_FOUND');
    if (where.ifMatch !== null && where.ifMatch !== user.version) throw new Problem('PRECONDITION_FAILED');
    const change = planUserChange(user, body);
    if (change === null) return user;
    if (losesAdmin(user, change)) await assertAnotherAdmin(tx, user.id);
    const at = now();
    const changed = await updateUser(tx, { userId: user.id, ifMatch: null }, change, at);
    if (endsSessions(change)) await endSessions(tx, { userId: user.id }, at, deniedUntil(at));
    await tellLogs(tx, actor, user, change, at);
    if (change.role === 'ADMIN') {
      await tellCredentialChange(tx, outbox, {
        userId: user.id,
        change: 'admin_granted',
        name: 'ADMIN',
        origin: null,
      });
    }
    await tellChanged(tx, user.id);
    return changed as UserRow;
  });
}

/**
 * Signs a person out everywhere.
 * @throws Problem USER_NOT_FOUND
 */
export async function revokeSessions({ db, now }: AuthDeps, actor: Actor, userId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.deletedAt !== null) throw new Problem('USER_NOT_FOUND');
    const at = now();
    const count = await endSessions(tx, { userId }, at, deniedUntil(at));
    await recordAudit(tx, actor, {
      action: 'user.sessions_revoked',
      targetId: userId,
      at,
      detail: { sessions: count },
    });
    await recordEvent(tx, { userId, type: 'all_sessions_ended', origin: null, now: at });
  });
}
