import { createApi } from './api-handler.ts';

export const handler = createApi(process.env);
