import { fileURLToPath } from 'node:url';
import { tasksContract } from '@spacedly/contracts';
import { createShares, type Service, together } from '@spacedly/kit';
import { analyticsRoutes } from './analytics/routes.ts';
import { createNumbers } from './analytics/service.ts';
import { createImageOptimizer } from './attachments/images.ts';
import { fileJobs } from './attachments/jobs.ts';
import { attachmentRoutes } from './attachments/routes.ts';
import { budgetRoutes } from './budget/routes.ts';
import { calendarRoutes } from './calendar/routes.ts';
import type { TasksDeps } from './deps.ts';
import { examRoutes } from './exams/routes.ts';
import { housekeeping } from './items/jobs.ts';
import { itemRoutes } from './items/routes.ts';
import { createInsertNew } from './items/store-insert.ts';
import { messageRoutes } from './messages/routes.ts';
import { eventListener } from './people/events.ts';
import { peopleRoutes } from './people/routes.ts';
import { createZones } from './people/zones.ts';
import { reminderDispatcher } from './reminders/jobs.ts';
import { createReminderMeter } from './reminders/metrics.ts';
import { reminderRoutes } from './reminders/routes.ts';
import { findNextDue } from './reminders/store-dispatch.ts';
import { createFindSettings } from './reminders/store-settings.ts';
import { reviewNoticer } from './reviews/jobs.ts';
import { reviewRoutes } from './reviews/routes.ts';
import { idempotencyKeys } from './schema.ts';
import { filterMaker } from './search/jobs.ts';
import { taskSearchRoutes } from './search/routes.ts';
import { TASK_SHARES } from './shares/kind.ts';
import { shareRoutes } from './shares/routes.ts';

/** The tasks service: tasks, reminders, and the numbers about them. */
export const tasksService: Service = {
  contract: tasksContract,
  migrations: { schema: 'tasks', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, platform, transports) {
    const { config, database, outbox, now, signals, secrets, serviceTokens, log } = platform;
    const { db } = database;
    const zones = createZones(() => transports('auth'), serviceTokens, signals);
    const insertNew = createInsertNew(db);
    const findReminderSettings = createFindSettings(db);
    const deps: TasksDeps = { db, outbox, now, zones, insertNew, findReminderSettings };
    itemRoutes(app, deps);
    const { storage, jobs } = platform;
    const quotaBytes = config.ATTACHMENT_QUOTA_MB * 1_048_576;
    attachmentRoutes(app, { ...deps, storage, quotaBytes, optimize: createImageOptimizer() });
    reminderRoutes(app, deps);
    const numbers = createNumbers(deps, config.NUMBERS_KEPT_MB * 1_048_576);
    analyticsRoutes(app, numbers);
    budgetRoutes(app, deps);
    reviewRoutes(app, deps);
    examRoutes(app, deps);
    peopleRoutes(app, deps);
    messageRoutes(app, deps, { numbers, transports, serviceTokens });
    calendarRoutes(app, { ...deps, secrets, publicUrl: config.PUBLIC_URL });
    const auth = () => transports('auth');
    const shares = createShares({ db, outbox, now, auth, serviceTokens, idempotencyKeys }, TASK_SHARES);
    shareRoutes(app, deps, shares);
    taskSearchRoutes(app, deps);
    const meter = createReminderMeter(platform.metrics, now, () => findNextDue(db));
    return together(
      reminderDispatcher(deps, { signals, log, meter }),
      reviewNoticer(deps, log),
      housekeeping(deps, log),
      fileJobs({ db, now, storage, jobs, log }),
      filterMaker({ db, jobs }),
      eventListener(platform, shares),
    );
  },
};
