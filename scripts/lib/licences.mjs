import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './shared.mjs';

/** Licences that ask for no more than to be named, by their SPDX identifiers. */
const ALLOWED = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['Unlicense', 'CC0-1.0', 'Zlib', 'Python-2.0', 'PostgreSQL'],
  // Of a font; and of files that stay as they are in a package of their own.
  ...['OFL-1.1', 'MPL-2.0'],
]);

/** Packages that may be used although their licence is not among those, or is not told, and why. */
const EXCEPTIONS = [
  [/^@img\/sharp-/, 'libvips is a shared library that anybody can replace, as the LGPL asks'],
  [/^querystring$/, 'MIT, as its file License.md says; its manifest is silent'],
];

/**
 * Whether an SPDX expression can be satisfied with allowed licences: `(MIT OR GPL-3.0) AND ISC`.
 * @param {string | undefined} expression
 */
export function isAllowed(expression, allowed = ALLOWED) {
  const tokens = (expression ?? '').match(/[()]|[^\s()]+/g) ?? [];
  const next = () => tokens.shift();
  const term = () => {
    const token = next();
    if (token !== '(') return allowed.has(token ?? '');
    const inside = either();
    return next() === ')' && inside;
  };
  const both = () => {
    let isFine = term();
    while (tokens[0] === 'AND') {
      next();
      isFine = term() && isFine;
    }
    return isFine;
  };
  const either = () => {
    let isFine = both();
    while (tokens[0] === 'OR') {
      next();
      isFine = both() || isFine;
    }
    return isFine;
  };
  return either() && tokens.length === 0;
}

/**
 * Every package that an installation may consist of, tools included, by the lock file.
 * @returns {{ name: string, version: string, licence: string, isTool: boolean, problem: string | null }[]}
 */
export function licencesOf(lockText) {
  const { packages } = JSON.parse(lockText);
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const licence = entry.license ?? 'not told';
      const isFine = isAllowed(entry.license) || EXCEPTIONS.some(([pattern]) => pattern.test(name));
      const problem = isFine
        ? null
        : `${name}@${entry.version}: ${licence} is not among the licences allowed`;
      return { name, version: entry.version, licence, isTool: entry.dev === true, problem };
    })
    .sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}

/**
 * Prints who made what and under which licence; exit code 1 when one is not allowed.
 * @param {string[]} args `--json` for programs
 */
export function licences(args) {
  const all = licencesOf(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const problems = all.flatMap(({ problem }) => problem ?? []);
  if (args.includes('--json')) say(JSON.stringify(all, null, 2));
  else {
    const counts = Object.entries(Object.groupBy(all, ({ licence }) => licence));
    for (const [licence, of] of counts.sort(([, one], [, other]) => other.length - one.length))
      say(`${String(of.length).padStart(5)}  ${licence}`);
  }
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}
