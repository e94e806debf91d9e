/** How a language counts things: `count(1, 'day', 'days')` → "1 day". The forms are CLDR's `one` and `other`. */
export function counting(language: string) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (n: number, one: string, other: string): string =>
    `${numbers.format(n)} ${rules.select(n) === 'one' ? one : other}`;
}
