import { authContract, notificationsContract, tasksContract } from '@spacedly/contracts';
import type { Front } from '@spacedly/kit';
import { docsRoutes } from './docs/routes.ts';
import { dropIdentityHeaders } from './policies/identity-headers.ts';
import { hideInternalRoutes } from './policies/internal-routes.ts';
import { addSecurityHeaders } from './policies/security-headers.ts';
import { closedRoutes } from './proxy/closed-routes.ts';
import { proxyRoutes } from './proxy/routes.ts';
import { routingTable, uploadRoutes } from './routing-table.ts';
import { webRoutes } from './web/routes.ts';

/** The front of an installation: its policies, and whatever people reach that is no service of this process. */
export const gateway: Front = {
  policies(app, { config }) {
    addSecurityHeaders(app, config);
    dropIdentityHeaders(app);
    hideInternalRoutes(app);
  },
  async routes(app, platform, local) {
    closedRoutes(
      app,
      routingTable.filter(({ service }) => local.has(service)),
    );
    await proxyRoutes(app, platform, {
      entries: routingTable.filter(({ service }) => !local.has(service)),
      uploads: uploadRoutes([authContract, tasksContract, notificationsContract]),
    });
    docsRoutes(app);
    webRoutes(app);
  },
};
