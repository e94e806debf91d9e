import { fileURLToPath } from 'node:url';
import { tasksContract } from '@spacedly/contracts';
import type { Service } from '@spacedly/kit';
import { analyticsRoutes } from './analytics/routes.ts';
import type { TasksDeps } from './deps.ts';
import { itemRoutes } from './items/routes.ts';
import { createZones } from './people/zones.ts';
import { reminderDispatcher } from './reminders/jobs.ts';
import { reminderRoutes } from './reminders/routes.ts';

/** The tasks service: tasks, reminders, and the numbers about them. */
export const tasksService: Service = {
  contract: tasksContract,
  migrations: { schema: 'tasks', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, { database: { db }, outbox, now, signals, serviceTokens, log }, transports) {
    const zones = createZones(() => transports('auth'), serviceTokens, signals);
    const deps: TasksDeps = { db, outbox, now, zones };
    itemRoutes(app, deps);
    reminderRoutes(app, deps);
    analyticsRoutes(app, deps);
    return reminderDispatcher(deps, signals, log);
  },
};
