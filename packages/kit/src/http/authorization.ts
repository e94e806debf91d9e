import { hasPermission, type Permission } from '@spacedly/contracts';
import type { Identity } from '../auth/identity.ts';
import { Problem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller's role must carry. */
    permission?: Permission | undefined;
    /** True for routes an admin may call while acting for somebody else. */
    isOpenToImpersonation?: boolean;
  }
}

/** What a route asks for beyond somebody who is signed in. */
export interface RouteAccess {
  permission?: Permission | undefined;
  isOpenToImpersonation?: boolean | undefined;
}

/**
 * The one place that decides by role. Whose a thing is, is decided where it is loaded: every query is scoped by owner.
 * @throws Problem FORBIDDEN or IMPERSONATING
 */
export function authorize(identity: Identity, { permission, isOpenToImpersonation }: RouteAccess): void {
  if (identity.impersonatedBy !== null && isOpenToImpersonation === false) throw new Problem('IMPERSONATING');
  if (permission !== undefined && !hasPermission(identity.role, permission)) throw new Problem('FORBIDDEN');
}
