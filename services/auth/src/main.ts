import { runService } from '@spacedly/kit';
import { authService } from './index.ts';

await runService(authService);
