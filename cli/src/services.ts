import type { Service } from '@spacedly/kit';

/** Every service of the product, in the order their parts of the database are migrated. Loaded only when needed. */
const loaders = {
  auth: async () => (await import('@spacedly/auth')).authService,
  tasks: async () => (await import('@spacedly/tasks')).tasksService,
  documents: async () => (await import('@spacedly/documents')).documentsService,
  notifications: async () => (await import('@spacedly/notifications')).notificationsService,
} as const satisfies Record<string, () => Promise<Service>>;

export type ServiceName = keyof typeof loaders;

export const serviceNames = Object.keys(loaders) as ServiceName[];

/** The doors of the named services; all of them by default. */
export function loadServices(names: readonly ServiceName[] = serviceNames): Promise<Service[]> {
  return Promise.all(names.map((name) => loaders[name]()));
}
