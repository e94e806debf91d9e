import { runService } from '@spacedly/kit';
import { notificationsService } from './index.ts';

await runService(notificationsService);
