import { runService } from '@spacedly/kit';
import { documentsService } from './index.ts';

await runService(documentsService);
