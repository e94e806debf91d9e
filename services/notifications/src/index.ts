import { join } from 'node:path';
import { notificationsContract } from '@spacedly/contracts';
import type { Service } from '@spacedly/kit';
import { startDelivery } from './delivery/jobs.ts';
import { createContacts } from './fanout/contacts.ts';
import { startFanout } from './fanout/jobs.ts';
import { registerInboxRoutes } from './inbox/routes.ts';
import { prepareInboxReads } from './inbox/store.ts';
import { createMailboxProviders } from './mailbox/provider.ts';
import { registerMailboxRoutes } from './mailbox/routes.ts';
import { registerPeopleRoutes } from './people/routes.ts';
import { registerStreamRoutes } from './stream/routes.ts';

/** From an event to a person: inbox, live stream, e-mail, SMS and push. */
export const notificationsService: Service = {
  contract: notificationsContract,
  migrations: { schema: 'notifications', folder: join(import.meta.dirname, '../migrations') },
  build(app, platform, transports) {
    const { config, database, serviceTokens, now } = platform;
    const reads = prepareInboxReads(database.db);
    registerInboxRoutes(app, platform, reads);
    registerPeopleRoutes(app, platform);
    const hub = registerStreamRoutes(app, platform, reads);
    if (config.DEV_MAILBOX) registerMailboxRoutes(app, platform);

    const providers = config.DEV_MAILBOX ? createMailboxProviders(platform) : [];
    const findContact = createContacts({
      auth: () => transports('auth'),
      serviceTokens,
      now: () => now().getTime(),
    });
    return {
      async start() {
        await hub.start();
        await startFanout(platform, findContact);
        await startDelivery(platform, providers);
      },
      async stop() {
        hub.stop();
      },
    };
  },
};
