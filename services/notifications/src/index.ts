import { join } from 'node:path';
import { notificationsContract } from '@spacedly/contracts';
import type { Config, Service } from '@spacedly/kit';
import { startDelivery } from './delivery/jobs.ts';
import { timedWork } from './digest/jobs.ts';
import { createContacts } from './fanout/contacts.ts';
import { startFanout } from './fanout/jobs.ts';
import { registerInboxRoutes } from './inbox/routes.ts';
import { prepareInboxReads } from './inbox/store.ts';
import { registerJobRoutes } from './jobs/routes.ts';
import { createLinks } from './links/make.ts';
import { registerLinkRoutes } from './links/routes.ts';
import { registerMailboxRoutes } from './mailbox/routes.ts';
import { registerPeopleRoutes } from './people/routes.ts';
import { registerPreferenceRoutes } from './preferences/routes.ts';
import { providersOf } from './providers/index.ts';
import { createVapidKeys } from './push/keys.ts';
import { registerPushRoutes } from './push/routes.ts';
import { registerStreamRoutes } from './stream/routes.ts';

/** Tries the mail server of the settings. @throws the error of the mail server */
export async function checkSmtp(config: Config): Promise<void> {
  // Loaded only when asked for: no start pays for it.
  await (await import('./providers/smtp.ts')).verifySmtp(config);
}

/** From an event to a person: inbox, live stream, e-mail, SMS and push. */
export const notificationsService: Service = {
  contract: notificationsContract,
  migrations: { schema: 'notifications', folder: join(import.meta.dirname, '../migrations') },
  build(app, platform, transports) {
    const { config, database, serviceTokens, signals, now } = platform;
    const reads = prepareInboxReads(database.db);
    const keys = createVapidKeys(platform);
    const findContact = createContacts({
      auth: () => transports('auth'),
      serviceTokens,
      signals,
      now: () => now().getTime(),
    });
    registerInboxRoutes(app, platform, reads);
    registerPeopleRoutes(app, platform);
    registerPreferenceRoutes(app, platform, findContact);
    registerPushRoutes(app, platform, keys);
    registerLinkRoutes(app, platform, transports);
    registerJobRoutes(app, platform);
    const hub = registerStreamRoutes(app, platform, reads);
    if (config.DEV_MAILBOX) registerMailboxRoutes(app, platform);

    const providers = providersOf(platform, keys);
    const timed = timedWork({ platform, findContact, transports });
    return {
      async start() {
        await hub.start();
        await startFanout(platform, findContact, providers);
        await startDelivery(platform, providers, createLinks(platform));
        await timed.start();
      },
      serve: () => hub.start(),
      async stop() {
        hub.stop();
        await timed.stop();
        providers.close();
      },
    };
  },
};
