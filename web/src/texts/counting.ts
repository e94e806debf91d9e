interface Counter {
  rules: Intl.PluralRules;
  numbers: Intl.NumberFormat;
}

/** One for each language, made when something is counted first: many catalogues count, and each took a millisecond to load. */
const counters = new Map<string, Counter>();

function counterOf(language: string): Counter {
  const known = counters.get(language);
  if (known) return known;
  const made = { rules: new Intl.PluralRules(language), numbers: new Intl.NumberFormat(language) };
  counters.set(language, made);
  return made;
}

/** How a language counts things: `count(1, 'day', 'days')` → "1 day". The forms are CLDR's `one` and `other`. */
export function counting(language: string) {
  return (n: number, one: string, other: string): string => {
    const { rules, numbers } = counterOf(language);
    return `${numbers.format(n)} ${rules.select(n) === 'one' ? one : other}`;
  };
}
