import type { ExportedUser, ImportedUser } from '@spacedly/contracts';
import type { UserRow } from '../accounts/store.ts';
import type { users } from '../schema.ts';

/** The account an imported line becomes. */
export function toAccount(user: ImportedUser, id: string, now: Date): typeof users.$inferInsert {
  const { emailVerified, phoneVerified, createdAt, ...given } = user;
  const made = createdAt === undefined ? now : new Date(createdAt);
  return {
    ...given,
    id,
    emailVerifiedAt: emailVerified && user.email !== undefined ? made : null,
    phoneVerifiedAt: phoneVerified && user.phone !== undefined ? made : null,
    createdAt: made,
    updatedAt: now,
  };
}

const given = <T>(value: T | null): T | undefined => value ?? undefined;

/** The line an account becomes; fields without a value are left out. */
export function toLine(row: UserRow): ExportedUser {
  return {
    email: given(row.email),
    phone: given(row.phone),
    username: given(row.username),
    name: row.name,
    fullName: given(row.fullName),
    passwordHash: given(row.passwordHash),
    role: row.role,
    isActive: row.isActive,
    emailVerified: row.emailVerifiedAt !== null,
    phoneVerified: row.phoneVerifiedAt !== null,
    country: given(row.country),
    state: given(row.state),
    zip: given(row.zip),
    dob: given(row.dob),
    timeZone: row.timeZone,
    locale: row.locale,
    createdAt: row.createdAt.toISOString(),
  };
}
