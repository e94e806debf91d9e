import { events } from '@spacedly/contracts';
import { type BackgroundWork, eventQueue, type Platform } from '@spacedly/kit';
import { z } from 'zod';
import { insertAudit } from './store.ts';

const envelope = z.object({
  id: z.uuid(),
  name: z.string(),
  occurredAt: z.iso.datetime(),
  data: z.unknown(),
});

/**
 * Hears what admins did in other services and adds it to the audit log. The id of the event is that of the row, so that
 * one heard twice is one row.
 */
export function auditListener({
  database,
  jobs,
  log,
}: Pick<Platform, 'database' | 'jobs' | 'log'>): BackgroundWork {
  return {
    start: () =>
      jobs.work(eventQueue('auth'), async (raw) => {
        const { id, name, occurredAt, data } = envelope.parse(raw);
        if (name !== 'admin.acted') return log.warn({ event: name }, 'an event nobody here listens to');
        const deed = events['admin.acted'].data.parse(data);
        await insertAudit(database.db, { id, at: new Date(occurredAt), ...deed });
      }),
    stop: async () => {},
  };
}
