import { contracts } from '@spacedly/contracts';
import type { Front } from '@spacedly/kit';
import { docsRoutes } from './docs/routes.ts';
import { foreignRoutes } from './foreign/routes.ts';
import { addCors } from './policies/cors.ts';
import { dropIdentityHeaders } from './policies/identity-headers.ts';
import { hideInternalRoutes } from './policies/internal-routes.ts';
import { assignLimits, createAdmission } from './policies/rate-limit/policy.ts';
import { addSecurityHeaders } from './policies/security-headers.ts';
import { closedRoutes } from './proxy/closed-routes.ts';
import { measureUpstreams } from './proxy/measure.ts';
import { proxyRoutes } from './proxy/routes.ts';
import { largeRoutes, routingTable } from './routing-table.ts';
import { webRoutes } from './web/routes.ts';

/** The front of an installation: its policies, and whatever people reach that is no service of this process. */
export const gateway: Front = {
  policies(app, platform) {
    addSecurityHeaders(app, platform.config);
    addCors(app, platform.config);
    dropIdentityHeaders(app);
    hideInternalRoutes(app);
    assignLimits(app, platform, largeRoutes(contracts));
  },
  admission: createAdmission,
  async routes(app, platform, local) {
    closedRoutes(
      app,
      routingTable.filter(({ service }) => local.has(service)),
    );
    const own = await proxyRoutes(app, platform, {
      entries: routingTable.filter(({ service }) => !local.has(service)),
      larges: largeRoutes(contracts),
    });
    const foreign = await foreignRoutes(app, platform);
    measureUpstreams(platform, () => [...own, ...foreign()]);
    docsRoutes(app);
    webRoutes(app);
  },
};
