import type { AuthMode, HttpMethod, ServiceContract } from '@spacedly/contracts';
import type { LimitName } from '@spacedly/kit';

/** Where requests under a prefix go, and who may make them. */
export interface RoutingEntry {
  /** Matches itself and everything below it. */
  prefix: string;
  service: string;
  /** `none` leaves the decision to the routes of the service. */
  auth: Exclude<AuthMode, 'internal'>;
  /**
   * What requests count towards, `default` where nothing is said; a route that takes files counts towards `upload` as
   * well. Tries of passwords and codes are not limited here but by the auth service, which knows the account they are
   * for: five wrong passwords from a school must not shut out all of it.
   */
  limits?: readonly LimitName[];
}

/** The one routing table, longer prefixes before those they begin with. What is not named here, `/internal` above all, is never passed on. */
export const routingTable = [
  { prefix: '/v1/auth', service: 'auth', auth: 'none' },
  { prefix: '/v1/users', service: 'auth', auth: 'required' },
  { prefix: '/v1/admin/jobs', service: 'notifications', auth: 'required' },
  { prefix: '/v1/admin', service: 'auth', auth: 'required' },
  { prefix: '/.well-known', service: 'auth', auth: 'none', limits: [] },
  { prefix: '/v1/tasks', service: 'tasks', auth: 'required' },
  { prefix: '/v1/attachments', service: 'tasks', auth: 'required' },
  { prefix: '/v1/reminders', service: 'tasks', auth: 'required' },
  { prefix: '/v1/reviews', service: 'tasks', auth: 'required' },
  { prefix: '/v1/exams', service: 'tasks', auth: 'required' },
  { prefix: '/v1/analytics', service: 'tasks', auth: 'required' },
  // Programs that subscribe to a calendar cannot sign in: the secret is in the address, and the route knows it.
  { prefix: '/v1/calendar', service: 'tasks', auth: 'none' },
  // Public documents are for everybody. Who is known has limits of their own, which `none` would not give them.
  { prefix: '/v1/docs', service: 'documents', auth: 'optional' },
  { prefix: '/v1/search', service: 'documents', auth: 'optional' },
  // Links in messages: the token in them says whose they are.
  { prefix: '/v1/notifications/links', service: 'notifications', auth: 'none' },
  { prefix: '/v1/notifications', service: 'notifications', auth: 'required' },
  { prefix: '/dev/mailbox', service: 'notifications', auth: 'none', limits: [] },
] as const satisfies readonly RoutingEntry[];

/** A route whose bodies may be larger than everybody's. */
export interface LargeRoute {
  /** Takes files, which may take their time and count towards a limit of their own. */
  isUpload: boolean;
  method: HttpMethod;
  path: string;
  service: string;
  auth: AuthMode;
  bodyBytes: number;
}

/** The entry of the table a path lies under. */
export function entryOf(path: string): RoutingEntry | undefined {
  return routingTable.find(({ prefix }) => isUnder(path, prefix));
}

/** What multipart adds to the files themselves: boundaries, names, a few small fields. */
const MULTIPART_BYTES = 65_536;

/** The routes whose bodies may be larger than everybody's, as their contracts say. */
export function largeRoutes(contracts: readonly ServiceContract[]): LargeRoute[] {
  return contracts.flatMap(({ name: service, routes }) =>
    Object.values(routes).flatMap(({ method, path, auth, upload, maxBodyBytes }) => {
      const files = upload && upload.maxBytes * (upload.maxFiles ?? 1) + MULTIPART_BYTES;
      const bodyBytes = files ?? maxBodyBytes;
      if (bodyBytes === undefined) return [];
      return [{ isUpload: upload !== undefined, method, path, service, auth, bodyBytes }];
    }),
  );
}

/** Paths that belong to the server, never to the web app. */
export const SERVER_PREFIXES = [
  '/v1',
  '/dev',
  '/health',
  '/docs',
  '/internal',
  '/metrics',
  '/.well-known',
  '/openapi.json',
];

/** Whether `path` is `prefix` or lies below it. */
export function isUnder(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/');
}
