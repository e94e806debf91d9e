import type { DocumentAccess, SearchTasksBody, TaskHit } from '@spacedly/contracts';
import type { Outbox } from '@spacedly/kit';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { People } from './people/people.ts';

/** What the functions of this service work with. */
export interface DocumentsDeps {
  db: NodePgDatabase;
  outbox: Outbox;
  people: People;
  searchTasks: SearchTasks;
  now: () => Date;
}

/** Asks the tasks service. @throws Problem UNAVAILABLE */
export type SearchTasks = (body: SearchTasksBody) => Promise<TaskHit[]>;

/** A document, who asks for it, and the version the change is based on. */
export interface Target {
  docId: string;
  viewer: Viewer;
  ifMatch: number | null;
}

/** Who asks, with all that access is decided by. */
export interface Viewer {
  /** Null for somebody without an account. */
  userId: string | null;
  /** May do everything, and each use of that right is audited. */
  isAdmin: boolean;
  department: string | null;
  /** Edits what belongs to their department. */
  isEditor: boolean;
  /** The auth service did not answer: department and editor are not known, and no refusal can be decided. */
  isUnsure: boolean;
  /** For the audit log. */
  ip: string;
  requestId: string;
}

/** What a request needs of a document. */
export interface Need {
  docId: string;
  viewer: Viewer;
  needed: DocumentAccess;
}
