import { notificationRoutes } from '@spacedly/contracts';
import { bindRoute, ok, type Platform } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { FindContact } from '../fanout/contacts.ts';
import { getPreferences, putPreferences } from './service.ts';

export function registerPreferenceRoutes(
  app: FastifyInstance,
  platform: Platform,
  findContact: FindContact,
): void {
  bindRoute(app, notificationRoutes.getPreferences, async ({ identity }) =>
    ok(await getPreferences(platform, findContact, identity.userId)),
  );

  bindRoute(app, notificationRoutes.putPreferences, async ({ identity: { userId }, ifMatch, body }) =>
    ok(await putPreferences(platform, findContact, { userId, ifMatch }, body)),
  );
}
