import type { Me } from '../../shared/api.ts';
import { type Language, languageOf, localeFor } from '../../shared/language.ts';

/** The profile as a form holds it: no nulls, texts as typed. */
export interface ProfileValues {
  name: string;
  timeZone: string;
  language: Language;
  username: string;
  country: string | null;
  dob: string;
  bio: string;
}

export const PROFILE_FIELDS = {
  name: 'name',
  timeZone: 'timeZone',
  language: 'locale',
  username: 'username',
  country: 'country',
  dob: 'dob',
  bio: 'bio',
};

const spokenTo = ({ locale }: Me): Language => languageOf(locale) ?? 'en';

/** Another language is written as this browser writes it; the same one keeps its country. */
const localeOf = (wanted: Language, me: Me): string =>
  wanted === spokenTo(me) ? me.locale : localeFor(wanted, navigator.languages);

export function valuesOf(me: Me): ProfileValues {
  return {
    name: me.name,
    timeZone: me.timeZone,
    language: spokenTo(me),
    username: me.username ?? '',
    country: me.country,
    dob: me.dob ?? '',
    bio: me.bio ?? '',
  };
}

/** Only what differs, as the API takes it: null for what was emptied. */
export function changesOf(values: ProfileValues, me: Me) {
  const wanted = {
    name: values.name.trim(),
    timeZone: values.timeZone,
    locale: localeOf(values.language, me),
    username: values.username.trim().toLowerCase() || null,
    country: values.country,
    dob: values.dob || null,
    bio: values.bio.trim() || null,
  };
  const changed = Object.entries(wanted).filter(([name, value]) => value !== me[name as keyof typeof wanted]);
  return Object.fromEntries(changed) as Partial<typeof wanted>;
}
