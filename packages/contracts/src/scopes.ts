import { z } from 'zod';
import type { HttpMethod } from './contract.ts';

/** What a personal access token may be allowed, each with what it means to the person who grants it. */
export const scopes = {
  'tasks:read': 'See tasks, reminders and statistics',
  'tasks:write': 'Create, change and delete tasks and reminders',
  'documents:read': 'See and search documents',
  'documents:write': 'Create, change, share and delete documents',
  'notifications:read': 'See notifications and follow them live',
  'notifications:write': 'Mark notifications as read and delete them',
  'users:read': 'See my profile',
  'users:write': 'Change my profile',
} as const;

export type Scope = keyof typeof scopes;

export const scope = z.enum(Object.keys(scopes) as [Scope, ...Scope[]]);

/** Which scopes cover the paths whose first part is not itself the name of one. */
const AREAS: Readonly<Record<string, string>> = {
  attachments: 'tasks',
  reminders: 'tasks',
  reviews: 'tasks',
  exams: 'tasks',
  analytics: 'tasks',
  calendar: 'tasks',
  docs: 'documents',
  search: 'documents',
};

/** A leaked token must not be able to make itself permanent, act as an admin or carry everything away. */
const WITHHELD: readonly RegExp[] = [
  /^\w+ \/v1\/(auth|admin)(\/|$)/,
  /^DELETE \/v1\/users\/me$/,
  / \/v1\/users\/me\/export$/,
];

/**
 * The scope a personal access token needs for a route, `<service>:<read|write>`, derived from its path and method.
 * Null where no token will do. A path of no known scope is closed to tokens, as nobody can be granted it.
 */
export function requiredScope(route: { method: HttpMethod; path: string }): string | null {
  const line = `${route.method} ${route.path}`;
  if (WITHHELD.some((pattern) => pattern.test(line))) return null;
  const part = /^\/v1\/([\w-]+)/.exec(route.path)?.[1];
  if (part === undefined) return null;
  return `${AREAS[part] ?? part}:${route.method === 'GET' ? 'read' : 'write'}`;
}
