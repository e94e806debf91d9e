import { runService } from '@spacedly/kit';
import { tasksService } from './index.ts';

await runService(tasksService);
