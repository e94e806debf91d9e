import { fileURLToPath } from 'node:url';
import { documentsContract } from '@spacedly/contracts';
import type { Service } from '@spacedly/kit';
import type { DocumentsDeps } from './deps.ts';
import { itemRoutes } from './items/routes.ts';
import { createPeople } from './people/people.ts';

/** The documents service: notes with versions, comments and sharing, and the search over everything. */
export const documentsService: Service = {
  contract: documentsContract,
  migrations: { schema: 'documents', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, platform, transports) {
    const { database, outbox, now, serviceTokens, signals } = platform;
    const people = createPeople(() => transports('auth'), serviceTokens, signals);
    const deps: DocumentsDeps = { db: database.db, outbox, people, now };
    itemRoutes(app, deps);
    return { start: async () => {}, stop: async () => {} };
  },
};
