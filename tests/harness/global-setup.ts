import { usePostgres } from './postgres.ts';

/** Global setup of the vitest projects that need a database. */
export default function setup(): Promise<() => Promise<void>> {
  return usePostgres();
}
