import { createAuthorizer } from './authorizer-handler.ts';

export const handler = createAuthorizer(process.env);
