import type { Share, ShareAccess } from '@spacedly/contracts';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db/pool.ts';
import type { Outbox } from '../events/outbox.ts';

/** What is told to somebody here with whom something is shared. */
export interface Told {
  userId: string;
  id: string;
  title: string;
  by: string;
  access: ShareAccess;
}

/** A kind of thing that can be shared: where a service keeps it and its shares. */
export interface ShareKind {
  what: 'document' | 'task';
  /** Columns `id, user_id, email, access, created_by, opened_at, created_at, updated_at` and `thing`. */
  shares: PgTable;
  /** The column of `shares` that names the thing. */
  thing: string;
  /** From `shareSendsTable`. */
  sends: PgTable;
  /** The table of the things themselves, and its column for whose they are. */
  things: PgTable;
  owner: string;
  tell(tx: Db, outbox: Outbox, told: Told): Promise<void>;
}

/** A thing whose shares somebody may change. */
export interface Shareable {
  id: string;
  ownerId: string;
  title: string;
}

export interface ShareRow {
  id: string;
  userId: string | null;
  /** In lower case. */
  email: string | null;
  access: ShareAccess;
  openedAt: string | null;
  createdAt: string;
  updatedAt: string;
}

type Person = NonNullable<Share['person']>;

/**
 * Whether the sharer is told who it is. With an address not before its owner has opened what is shared: until then an
 * address with an account looks like one without (docs/decisions/0026).
 */
export const isTold = ({ userId, email, openedAt }: ShareRow): boolean =>
  userId !== null && (email === null || openedAt !== null);

/** A share as the sharer sees it; `person` where it is told who it is and they are still here. */
export function presentShare(row: ShareRow, person: Person | null): Share {
  const isKnown = isTold(row);
  return {
    id: row.id,
    userId: isKnown ? row.userId : null,
    email: row.email,
    person: isKnown && person !== null ? refOf(person) : null,
    access: row.access,
    status: isKnown ? 'active' : 'pending',
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

const refOf = ({ id, name, username, avatarUrl }: Person): Person => ({ id, name, username, avatarUrl });
