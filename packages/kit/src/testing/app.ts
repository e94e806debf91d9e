import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform.ts';
import { buildProcess, type Front } from '../process/build.ts';
import type { Service } from '../service.ts';
import { type TestPlatformOptions, testPlatform } from './platform.ts';

export interface TestAppOptions extends TestPlatformOptions {
  /** False leaves the workers of the services off, so that queues keep what was put there. */
  background?: boolean;
  /** The gateway, for tests of what it adds. */
  front?: Front;
}

export interface TestApp {
  app: FastifyInstance;
  platform: Platform;
  /** Stops the workers and drops the database. */
  close(): Promise<void>;
}

/**
 * A process with the given services as `startProcess` builds it, on a database of its own, ready for `app.inject`.
 * It listens nowhere.
 */
export async function testApp(services: readonly Service[], options: TestAppOptions = {}): Promise<TestApp> {
  const { background = true, front, ...platformOptions } = options;
  const platform = await testPlatform(platformOptions);
  const built = await buildProcess(platform, { services, ...(front && { front }) }).catch(async (error) => {
    await platform.close();
    throw error;
  });
  await built.app.ready();
  if (background) await built.background.start();
  return {
    app: built.app,
    platform,
    async close() {
      await built.app.close();
      await platform.close();
    },
  };
}
