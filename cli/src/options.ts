import { InvalidArgumentError } from 'commander';

/** What `--services` may name; kept apart from the services themselves, which are loaded only when they run. */
export const PART_NAMES = ['gateway', 'auth', 'tasks', 'documents', 'notifications'] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface ServeOptions {
  services?: PartName[];
  port?: string;
  host?: string;
  /** How many share the port; 1 where nothing is said. */
  processes?: number;
  migrate: boolean;
  /** False leaves the work in the background to processes of `worker`. */
  work?: boolean;
  /** Works and serves nobody, as `worker` does. */
  onlyWork?: boolean;
}

function isPartName(name: string): name is PartName {
  return (PART_NAMES as readonly string[]).includes(name);
}

/** `gateway,auth` → `['gateway', 'auth']`. */
export function serviceList(value: string): PartName[] {
  const names = value.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!isPartName(name))
      throw new InvalidArgumentError(
        `there is no ${name || 'empty name'}; choose of ${PART_NAMES.join(', ')}.`,
      );
  }
  return [...new Set(names)] as PartName[];
}

/** The same for a worker: the gateway only serves. */
export function workList(value: string): PartName[] {
  const names = serviceList(value);
  if (names.includes('gateway')) throw new InvalidArgumentError('the gateway has no work of its own.');
  return names;
}

/** A whole number of at least `min`. */
export function wholeNumber(value: string, min: number, name: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min)
    throw new InvalidArgumentError(`${name} must be a number from ${min}.`);
  return number;
}
