import type { TestProject } from 'vitest/node';
import { usePostgres } from './postgres.ts';
import { type Mode, startSystem } from './system.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    systemUrl: string;
    serviceUrls: Record<'auth' | 'tasks' | 'documents' | 'notifications', string>;
  }
}

const ERROR_LINE = /"level":(50|60)/;

/**
 * One system for all the tests of a mode; its address is `inject('systemUrl')`. Whatever the tests do to it, it has
 * no reason to log an error: one that it logs fails the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const endPostgres = await usePostgres();
  const system = await startSystem(project.config.env.SPACEDLY_MODE as Mode);
  project.provide('systemUrl', system.url);
  project.provide('serviceUrls', system.services);
  return async () => {
    await system.stop();
    await endPostgres();
    const faults = system
      .log()
      .split('\n')
      .filter((line) => ERROR_LINE.test(line));
    if (faults.length > 0) throw new Error(`the ${system.mode} system logged errors:\n${faults.join('\n')}`);
  };
}
