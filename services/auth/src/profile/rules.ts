import { hasPermission, type Me, type PublicProfile } from '@spacedly/contracts';
import type { Identity } from '@spacedly/kit';
import { presentUser } from '../accounts/rules.ts';
import type { UserRow } from '../accounts/store.ts';
import type { ProfileRow } from './store.ts';

/** A person as they see themselves. */
export function presentMe(
  { user, profile }: { user: UserRow; profile: ProfileRow },
  { impersonatedBy }: Pick<Identity, 'impersonatedBy'>,
): Me {
  const { bio, headline, links, preferences } = profile;
  return { ...presentUser(user), bio, headline, links, preferences, impersonatedBy };
}

/** What others may see of a person: nothing they could be reached by. */
export function presentPublic({ user, profile }: { user: UserRow; profile: ProfileRow }): PublicProfile {
  const { id, name, username, avatarUrl } = user;
  return { id, name, username, avatarUrl, bio: profile.bio };
}

/** Who may see somebody's public profile and picture whatever they share: oneself, and whoever looks after accounts. */
export function mayAlwaysView(viewer: Pick<Identity, 'userId' | 'role'>, userId: string): boolean {
  return viewer.userId === userId || hasPermission(viewer.role, 'users.read');
}
