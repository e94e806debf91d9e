import { newId, Problem } from '@spacedly/kit';
import { findUser, lockUser, tellChanged, type UserRow, updateUser } from '../accounts/store.ts';
import type { AuthDeps } from '../deps.ts';
import { toAvatar } from './picture.ts';

const keyOf = (userId: string, version: string) => `avatars/${userId}/${version}.webp`;
const urlOf = (userId: string, version: string) => `/v1/users/${userId}/avatar/${version}`;
/** The file behind an address we made; null for addresses of others, such as those an OIDC provider gave. */
const keyOfUrl = (userId: string, url: string | null) => {
  const version = url?.split('/avatar/', 2)[1];
  return version === undefined || url !== urlOf(userId, version) ? null : keyOf(userId, version);
};

/** Writes the address of a picture; the file of the one before goes when nobody can ask for it any more. */
async function replaceAvatar({ db, storage, now }: AuthDeps, userId: string, avatarUrl: string | null) {
  const before = await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.deletedAt !== null) throw new Problem('UNAUTHENTICATED');
    await updateUser(tx, { userId, ifMatch: null }, { avatarUrl }, now());
    await tellChanged(tx, userId);
    return user.avatarUrl;
  });
  const old = keyOfUrl(userId, before);
  if (old !== null) await storage.delete(old);
}

/**
 * Gives a person a picture under an address of its own.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE, UNREADABLE_IMAGE, UNAUTHENTICATED when the account is gone
 */
export async function setAvatar(deps: AuthDeps, userId: string, bytes: Uint8Array): Promise<void> {
  const picture = await toAvatar(bytes);
  const version = newId();
  await deps.storage.put(keyOf(userId, version), picture);
  try {
    await replaceAvatar(deps, userId, urlOf(userId, version));
  } catch (error) {
    await deps.storage.delete(keyOf(userId, version));
    throw error;
  }
}

/** Takes a person's picture away; without one nothing happens. */
export async function removeAvatar(deps: AuthDeps, userId: string): Promise<void> {
  await replaceAvatar(deps, userId, null);
}

/**
 * The file of a picture that is in use.
 * @throws Problem USER_NOT_FOUND for any other
 */
export async function openAvatar({ db, storage }: AuthDeps, userId: string, version: string) {
  const user: UserRow | null = await findUser(db, userId);
  const isCurrent = user?.avatarUrl === urlOf(userId, version);
  const file = isCurrent ? await storage.get(keyOf(userId, version)) : null;
  if (file === null) throw new Problem('USER_NOT_FOUND');
  return file;
}
