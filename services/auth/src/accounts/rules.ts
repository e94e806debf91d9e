import type { Contact, KnownPerson, User } from '@spacedly/contracts';
import type { UserRow } from './store.ts';

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The person as they see themselves; nothing about passwords or deletion leaves here. */
export function presentUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    phone: row.phone,
    username: row.username,
    name: row.name,
    fullName: row.fullName,
    role: row.role,
    accountType: row.accountType,
    emailVerifiedAt: iso(row.emailVerifiedAt),
    phoneVerifiedAt: iso(row.phoneVerifiedAt),
    isProfileComplete: row.name !== '' && row.country !== null && row.timeZone !== '',
    country: row.country,
    state: row.state,
    zip: row.zip,
    dob: row.dob,
    timeZone: row.timeZone,
    locale: row.locale,
    avatarUrl: row.avatarUrl,
    department: row.department,
    isEditor: row.isEditor,
    lastLoginAt: iso(row.lastLoginAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  };
}

/** How to speak to somebody. */
export interface Reader {
  locale: string;
  timeZone: string;
}

export const readerOf = ({ locale, timeZone }: Reader): Reader => ({ locale, timeZone });

/** What other services may know. Only verified addresses are ever written to. */
/** A person as other services show them; an address nobody has proved to be theirs is not told. */
export function presentKnown(row: UserRow): KnownPerson {
  const { id, name, username, avatarUrl, department, isEditor, locale, timeZone } = row;
  const email = row.emailVerifiedAt === null ? null : row.email;
  return { id, name, username, avatarUrl, email, department, isEditor, locale, timeZone };
}

export function presentContact(row: UserRow): Contact {
  return {
    userId: row.id,
    name: row.name,
    email: row.emailVerifiedAt === null ? null : row.email,
    phone: row.phoneVerifiedAt === null ? null : row.phone,
    timeZone: row.timeZone,
    locale: row.locale,
  };
}
