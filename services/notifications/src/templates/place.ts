import type { Language } from './catalogue.ts';
import type { Catalogue } from './catalogue-en.ts';
import type { Place } from './messages.ts';
import { formatInstant } from './times.ts';

/** "Firefox on Linux" in the reader's words, or what the client calls itself. */
export function deviceWords(
  { place }: Catalogue,
  { device, browser, os }: Omit<Place, 'ip' | 'occurredAt'>,
): string {
  if (browser && os) return place.device(browser, os);
  return device === 'Unknown device' ? place.unknownDevice : device;
}

/** Where and when something was done. What those who look after the installation did, was done nowhere. */
export function placeFacts({ texts, locale }: Language, place: Place, timeZone: string): string[] {
  const when = texts.place.when(formatInstant(place.occurredAt, locale, timeZone));
  return place.device === '' ? [when] : [texts.place.where(deviceWords(texts, place), place.ip), when];
}
