import { authContract } from './auth/routes.ts';
import type { ServiceContract } from './contract.ts';
import { documentsContract } from './documents/routes.ts';
import { notificationsContract } from './notifications/routes.ts';
import { tasksContract } from './tasks/routes.ts';

/** Every service of the product. */
export const contracts: readonly ServiceContract[] = [
  authContract,
  tasksContract,
  documentsContract,
  notificationsContract,
];
