import { createWorker } from './worker-handler.ts';

export const handler = createWorker(process.env);
