import { type BackgroundWork, EXPORT_QUEUE, type Jobs } from '@spacedly/kit';
import { z } from 'zod';
import type { AuthDeps } from '../deps.ts';
import { buildExport, type Sources } from './service-build.ts';

const exportJob = z.object({ exportId: z.uuid() });

/** Makes the archives people asked for, one at a time: none of them is urgent, and each reads a great deal. */
export function exportWorker(deps: AuthDeps, jobs: Jobs, sources: Sources): BackgroundWork {
  let turn: Promise<void> = Promise.resolve();
  return {
    start: () =>
      jobs.work(EXPORT_QUEUE, async (data) => {
        const { exportId } = exportJob.parse(data);
        const done = turn.then(() => buildExport(deps, sources, exportId));
        turn = done.catch(() => {});
        await done;
      }),
    stop: async () => {},
  };
}
