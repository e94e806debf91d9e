import { fileURLToPath } from 'node:url';
import { documentsContract } from '@spacedly/contracts';
import type { Service } from '@spacedly/kit';
import type { DocumentsDeps } from './deps.ts';
import { housekeeping } from './items/jobs.ts';
import { itemRoutes } from './items/routes.ts';
import { createPeople } from './people/people.ts';
import { versionRoutes } from './versions/routes.ts';

/** The documents service: notes with versions, comments and sharing, and the search over everything. */
export const documentsService: Service = {
  contract: documentsContract,
  migrations: { schema: 'documents', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, platform, transports) {
    const { database, outbox, now, serviceTokens, signals, log } = platform;
    const people = createPeople(() => transports('auth'), serviceTokens, signals);
    const deps: DocumentsDeps = { db: database.db, outbox, people, now };
    itemRoutes(app, deps);
    versionRoutes(app, deps);
    return housekeeping(deps, log);
  },
};
