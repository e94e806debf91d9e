import { tasksRoutes } from '@spacedly/contracts';
import { call, type ServiceTokens, type Transport } from '@spacedly/kit';
import type { SearchTasks } from '../deps.ts';

/** Asks the tasks service, which knows whose tasks are whose. */
export function createSearchTasks(tasks: () => Transport, serviceTokens: ServiceTokens): SearchTasks {
  return async (body) => {
    const authorization = `Service ${serviceTokens.issue()}`;
    return (await call(tasks(), tasksRoutes.searchTasks, { body }, { authorization })).body.items;
  };
}
