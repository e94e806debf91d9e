import { authRoutes, type PersonRef } from '@spacedly/contracts';
import { call, type ServiceTokens, type Transport } from '@spacedly/kit';

/** Who people are, as the auth service knows them. */
export interface People {
  /** Those of them who are here, by id. @throws Problem UNAVAILABLE when the auth service cannot be asked */
  byIds(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
}

export interface Person extends PersonRef {
  email: string | null;
  department: string | null;
  isEditor: boolean;
}

/** Asks the auth service. */
export function createPeople(auth: () => Transport, serviceTokens: ServiceTokens): People {
  return {
    async byIds(userIds) {
      const ids = [...new Set(userIds)];
      if (ids.length === 0) return new Map();
      const authorization = `Service ${serviceTokens.issue()}`;
      const { body } = await call(auth(), authRoutes.findPeople, { body: { ids } }, { authorization });
      return new Map(body.items.map((person) => [person.id, person]));
    },
  };
}
