import { authRoutes, type Contact, type Language, languageOf } from '@spacedly/contracts';
import { call, type ServiceTokens, type Signals, type Transport, USER_CHANGED_CHANNEL } from '@spacedly/kit';

/** The time zone a person lives in: their days are counted in it. And the language they speak. */
export interface Zones {
  /** IANA name. @throws Problem UNAVAILABLE when the auth service cannot be asked */
  of(userId: string): Promise<string>;
  /** English where theirs is none of ours. @throws Problem UNAVAILABLE when the auth service cannot be asked */
  languageOf(userId: string): Promise<Language>;
}

type Told = Pick<Contact, 'timeZone' | 'locale'>;

const MAX_KNOWN = 50_000;

/** Asks the auth service once per person and forgets the answer when the profile changes. */
export function createZones(auth: () => Transport, serviceTokens: ServiceTokens, signals: Signals): Zones {
  const known = new Map<string, Promise<Told>>();
  void signals.subscribe(
    USER_CHANGED_CHANNEL,
    (userId) => known.delete(userId),
    () => known.clear(),
  );

  async function ask(userId: string): Promise<Told> {
    const authorization = `Service ${serviceTokens.issue()}`;
    const { body } = await call(auth(), authRoutes.getContact, { params: { userId } }, { authorization });
    return { timeZone: body.timeZone, locale: body.locale };
  }

  function find(userId: string): Promise<Told> {
    // Without signals a change could go unheard, so nothing is remembered.
    if (!signals.isConnected) return ask(userId);
    const remembered = known.get(userId);
    if (remembered !== undefined) return remembered;
    if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value as string);
    const asked = ask(userId);
    known.set(userId, asked);
    asked.catch(() => known.delete(userId));
    return asked;
  }

  return {
    of: async (userId) => (await find(userId)).timeZone,
    languageOf: async (userId) => languageOf((await find(userId)).locale) ?? 'en',
  };
}
