import type { UpdateMyProfileBody } from '@spacedly/contracts';
import { isUniqueViolation, Problem } from '@spacedly/kit';
import { findUser, tellChanged, type UserRow, updateUser } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { findPerson, type ProfileRow, saveProfile } from './store.ts';
import { assertZoneKnown } from './zone.ts';

/** Apart from each other, because they live in two tables. */
function divide(body: UpdateMyProfileBody) {
  const { bio, headline, links, preferences, ...account } = body;
  const given = Object.entries({ bio, headline, links, preferences }).filter(
    ([, value]) => value !== undefined,
  );
  return { account, profile: Object.fromEntries(given) as Partial<ProfileRow> };
}

/**
 * Changes a profile and tells every process that keeps a copy of a person's zone or name.
 * @throws Problem USERNAME_TAKEN, PRECONDITION_FAILED, UNAUTHENTICATED when the account is gone
 */
export async function updateProfile(
  { db, now }: AuthDeps,
  where: { userId: string; ifMatch: number | null },
  body: UpdateMyProfileBody,
): Promise<{ user: UserRow; profile: ProfileRow }> {
  if (body.timeZone !== undefined) await assertZoneKnown(db, body.timeZone);
  const { account, profile } = divide(body);
  try {
    return await db.transaction(async (tx) => {
      const row = await updateUser(tx, where, account, now());
      if (row === null) {
        throw new Problem((await findUser(tx, where.userId)) ? 'PRECONDITION_FAILED' : 'UNAUTHENTICATED');
      }
      if (Object.keys(profile).length > 0) await saveProfile(tx, where.userId, profile, now());
      await tellChanged(tx, where.userId);
      return (await findPerson(tx, where.userId)) as { user: UserRow; profile: ProfileRow };
    });
  } catch (error) {
    if (isUniqueViolation(error, 'users_username_key')) throw new Problem('USERNAME_TAKEN');
    throw error;
  }
}
