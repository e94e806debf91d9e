import { fileURLToPath } from 'node:url';
import { documentsContract } from '@spacedly/contracts';
import { createShares, type Service, together } from '@spacedly/kit';
import { commentRoutes } from './comments/routes.ts';
import type { DocumentsDeps } from './deps.ts';
import { housekeeping } from './items/jobs.ts';
import { itemRoutes } from './items/routes.ts';
import { eventListener } from './people/events.ts';
import { createPeople } from './people/people.ts';
import { peopleRoutes } from './people/routes.ts';
import { idempotencyKeys } from './schema.ts';
import { searchRoutes } from './search/routes.ts';
import { createSearchTasks } from './search/tasks.ts';
import { DOCUMENT_SHARES } from './shares/kind.ts';
import { shareRoutes } from './shares/routes.ts';
import { versionRoutes } from './versions/routes.ts';

/** The documents service: notes with versions, comments and sharing, and the search over everything. */
export const documentsService: Service = {
  contract: documentsContract,
  migrations: { schema: 'documents', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, platform, transports) {
    const { database, outbox, now, serviceTokens, signals, log } = platform;
    const people = createPeople(() => transports('auth'), serviceTokens, signals);
    const searchTasks = createSearchTasks(() => transports('tasks'), serviceTokens);
    const deps: DocumentsDeps = { db: database.db, outbox, people, searchTasks, now };
    itemRoutes(app, deps);
    versionRoutes(app, deps);
    const auth = () => transports('auth');
    const sharing = { db: database.db, outbox, now, auth, serviceTokens, idempotencyKeys };
    const shares = createShares(sharing, DOCUMENT_SHARES);
    shareRoutes(app, deps, shares);
    commentRoutes(app, deps);
    peopleRoutes(app, deps);
    searchRoutes(app, deps);
    return together(housekeeping(deps, log), eventListener(platform, shares));
  },
};
