import { authRoutes, type PersonRef } from '@spacedly/contracts';
import { call, Problem, type ServiceTokens, type Signals, type Transport } from '@spacedly/kit';
import { createPersonCache } from './cache.ts';

/** Who people are, as the auth service knows them. */
export interface People {
  /** Those of them who are here, by id. @throws Problem UNAVAILABLE when the auth service cannot be asked */
  byIds(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Those of some usernames who are here. @throws Problem UNAVAILABLE */
  byUsernames(usernames: readonly string[]): Promise<readonly Person[]>;
  /** How others see them, by id; of nobody where the auth service cannot be asked, as a name is worth no refusal. */
  refsOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PersonRef>>;
}

export interface Person extends PersonRef {
  email: string | null;
  department: string | null;
  isEditor: boolean;
}

/** What others see of a person. */
export function refOf({ id, name, username, avatarUrl }: Person): PersonRef {
  return { id, name, username, avatarUrl };
}

/** More than a page of anything names at once is asked for in several calls. */
const MAX_ASKED = 100;

/** Asks the auth service, once for all who are not known yet, and forgets what it said when it changes. */
export function createPeople(auth: () => Transport, serviceTokens: ServiceTokens, signals: Signals): People {
  const cache = createPersonCache(signals);

  async function ask(ids: readonly string[]): Promise<Person[]> {
    const authorization = `Service ${serviceTokens.issue()}`;
    const found: Person[] = [];
    for (let from = 0; from < ids.length; from += MAX_ASKED) {
      const body = { ids: ids.slice(from, from + MAX_ASKED) };
      const answer = await call(auth(), authRoutes.findPeople, { body }, { authorization });
      found.push(...answer.body.items);
    }
    return found;
  }

  async function byIds(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    return cache.get([...new Set(userIds)], ask);
  }

  return {
    byIds,
    async byUsernames(usernames) {
      const authorization = `Service ${serviceTokens.issue()}`;
      const body = { usernames: [...usernames] };
      return (await call(auth(), authRoutes.findPeople, { body }, { authorization })).body.items;
    },
    async refsOf(userIds) {
      const people = await byIds(userIds).catch((error): ReadonlyMap<string, Person> => {
        if (error instanceof Problem && error.code === 'UNAVAILABLE') return new Map();
        throw error;
      });
      return new Map([...people].map(([id, person]) => [id, refOf(person)]));
    },
  };
}
