import type { ExportSection } from '@spacedly/kit';
import * as tables from '../schema.ts';

const { users, userProfiles, merchants, sessions, securityEvents, devices, addressChanges, auditLog } =
  tables;
const { identities, passkeys, personalTokens } = tables;

/** What this service tells people about themselves. Whatever would let somebody in is left out. */
export const sections: readonly ExportSection[] = [
  {
    name: 'account',
    table: users,
    owner: users.id,
    key: users.id,
    omit: ['passwordHash', 'deletedBy'],
    filesOf: ({ id, avatarUrl }) => {
      const version = typeof avatarUrl === 'string' ? avatarUrl.split('/avatar/', 2)[1] : undefined;
      return version === undefined ? [] : [{ key: `avatars/${id}/${version}.webp`, name: 'avatar.webp' }];
    },
  },
  { name: 'profile', table: userProfiles, owner: userProfiles.userId, key: userProfiles.userId },
  {
    name: 'merchant',
    table: merchants,
    owner: merchants.userId,
    key: merchants.userId,
    omit: ['reviewedBy'],
  },
  { name: 'sessions', table: sessions, owner: sessions.userId, key: sessions.id, omit: ['impersonatedBy'] },
  { name: 'security-events', table: securityEvents, owner: securityEvents.userId, key: securityEvents.id },
  { name: 'devices', table: devices, owner: devices.userId, key: devices.id, omit: ['tokenHash'] },
  { name: 'address-changes', table: addressChanges, owner: addressChanges.userId, key: addressChanges.id },
  { name: 'identities', table: identities, owner: identities.userId, key: identities.subject },
  { name: 'passkeys', table: passkeys, owner: passkeys.userId, key: passkeys.id },
  {
    name: 'access-tokens',
    table: personalTokens,
    owner: personalTokens.userId,
    key: personalTokens.id,
    omit: ['tokenHash'],
  },
  { name: 'audit', table: auditLog, owner: auditLog.actorId, key: auditLog.id },
];
