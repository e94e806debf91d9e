import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { createLogger, type Logger } from '../log.ts';
import { openPlatform, type Platform } from '../platform.ts';
import { createTestDatabase } from './database.ts';

/** The secret of every test installation. */
export const TEST_SECRET = 'a secret for tests alone, the same in each of them';

export interface TestPlatformOptions {
  config?: Partial<Config>;
  /** For tests of what is logged. */
  log?: Logger;
  /** The clock of the services under test. */
  now?: () => Date;
}

/** Settings as a test needs them; `LOG_LEVEL` in the environment makes the logs heard. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    PUBLIC_URL: 'http://localhost:3000',
    DATA_DIR: join(tmpdir(), `spacedly-test-${process.pid}`),
    SPACEDLY_SECRET: TEST_SECRET,
    DB_POOL_MAX: '10',
    // Fifty at once wait for ten connections, on a machine that may have others to serve.
    DB_ACQUIRE_TIMEOUT_MS: '15000',
  });
  return { ...config, ...overrides };
}

/** An open platform on a database of its own; `close` drops the database too. */
export async function testPlatform(options: TestPlatformOptions = {}): Promise<Platform> {
  const database = await createTestDatabase();
  const config = testConfig({ DATABASE_URL: database.url, ...options.config });
  const log = options.log ?? createLogger(config, 'test');
  const platform = await openPlatform({ config, log, databaseUrl: database.url, secret: TEST_SECRET });
  return {
    ...platform,
    ...(options.now && { now: options.now }),
    async close() {
      await platform.close();
      await database.drop();
    },
  };
}
