import type { Connection } from './connection.ts';

/** A person with streams on this process. */
export interface Person {
  /** In the order they came. */
  connections: Set<Connection>;
  /** Ends when what was asked for them so far is done. */
  tail: Promise<void>;
}

/** Who has streams on this process; people without any are forgotten. */
export interface People {
  get(userId: string): Person | undefined;
  join(connection: Connection): Person;
  leave(connection: Connection): void;
  connections(): Connection[];
}

/** Nobody at first. */
export function createPeople(): People {
  const people = new Map<string, Person>();
  return {
    get: (userId) => people.get(userId),
    join(connection) {
      const person = people.get(connection.userId) ?? { connections: new Set(), tail: Promise.resolve() };
      people.set(connection.userId, person);
      person.connections.add(connection);
      return person;
    },
    leave(connection) {
      const person = people.get(connection.userId);
      person?.connections.delete(connection);
      if (person?.connections.size === 0) people.delete(connection.userId);
    },
    connections: () => [...people.values()].flatMap(({ connections }) => [...connections]),
  };
}
