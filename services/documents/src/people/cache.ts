import { type Signals, USER_CHANGED_CHANNEL } from '@spacedly/kit';
import type { Person } from './people.ts';

const MAX_KNOWN = 50_000;

/** What is known of people until their profile changes. Without signals nothing is believed, as nobody would tell us. */
export interface PersonCache {
  get(
    ids: readonly string[],
    ask: (unknown: readonly string[]) => Promise<readonly Person[]>,
  ): Promise<ReadonlyMap<string, Person>>;
}

export function createPersonCache(signals: Signals): PersonCache {
  const known = new Map<string, Person>();
  let changes = 0;
  const forget = (userId: string | null) => {
    changes += 1;
    if (userId === null) known.clear();
    else known.delete(userId);
  };
  void signals.subscribe(
    USER_CHANGED_CHANNEL,
    (userId) => forget(userId),
    () => forget(null),
  );

  function keep(person: Person): void {
    known.delete(person.id);
    if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value as string);
    known.set(person.id, person);
  }

  return {
    async get(ids, ask) {
      const found = new Map<string, Person>();
      for (const id of ids) {
        const person = signals.isConnected ? known.get(id) : undefined;
        if (person !== undefined) found.set(id, person);
      }
      const unknown = ids.filter((id) => !found.has(id));
      if (unknown.length === 0) return found;
      const changesBefore = changes;
      for (const person of await ask(unknown)) {
        found.set(person.id, person);
        // Somebody changed while we asked: the answer may be the old one, so it serves this request only.
        if (changes === changesBefore) keep(person);
      }
      return found;
    },
  };
}
