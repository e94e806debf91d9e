import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const DATABASE_TESTS = ['**/*.db.test.ts', '**/routes.test.ts', '**/routes-*.test.ts'];
const NOT_OURS = ['**/node_modules/**', '**/dist/**'];
const SERVER_CODE = ['packages', 'services', 'gateway', 'cli'].map((folder) => `${folder}/**`);

/** Tests import TypeScript as the server does: by Node itself, without a bundler in between. */
const inNode = {
  environment: 'node',
  pool: 'forks',
  experimental: { viteModuleRunner: false, nodeLoader: false },
  // Modules do no work when they are loaded and keep no state, so a worker loads them once for all its files.
  isolate: false,
  // As long as a busy machine may take; what is promised in less says so itself.
  expect: { poll: { timeout: 10_000 } },
} as const;

/**
 * Where a browser, a server or a clock is in the play, a machine that stands still for a moment can fail a test. In CI
 * such a test is run once more; `npm test` names what passed only then as unsteady.
 */
const retry = process.env.CI ? 1 : 0;

const LONG = [
  ...[
    'resilience',
    'serve',
    'serve-many',
    'heavy',
    'commands',
    'commands-users',
    'attachments/routes',
    'backup',
  ],
  ...['deliveries', 'rolling-restart', 'kill', 'cluster'],
  ...['languages', 'first-day', 'planner-pages', 'large-text', 'pages', 'pages-people', 'pages-states'],
  ...['tasks', 'keyboard', 'documents', 'setbacks', 'access'],
];
const IS_LONG = new RegExp(`/(${LONG.join('|')})(\\.db)?\\.test\\.ts$`);

/** The longest begin first, so that nothing waits for one of them alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (IS_LONG.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/**
 * What a test needs is said by its name. `*.test.ts` needs nothing; `*.db.test.ts`, `routes.test.ts` and
 * `routes-*.test.ts` get a database; `tests/` is the product from outside.
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    // Two cores are what the smallest machine has; more workers only make each other's timing worse.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...inNode,
          name: 'unit',
          include: [...SERVER_CODE, 'scripts/**', 'web/src/**', 'tests/deploy'].map(
            (folder) => `${folder}/*.test.{ts,tsx}`,
          ),
          exclude: [...NOT_OURS, ...DATABASE_TESTS, 'packages/local-postgres/**'],
          setupFiles: ['web/src/shared/texts-in-tests.ts'],
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...inNode,
          name: 'routes',
          include: SERVER_CODE.flatMap((folder) =>
            DATABASE_TESTS.map((name) => `${folder}/${name.slice(3)}`),
          ),
          exclude: NOT_OURS,
          globalSetup: ['tests/harness/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          retry,
          sequence: { groupOrder: 1 },
        },
      },
      ...(['single', 'split'] as const).map((mode, index) => ({
        test: {
          ...inNode,
          name: mode,
          include: ['tests/modes/**/*.test.ts'],
          globalSetup: ['tests/harness/system-setup.ts'],
          env: { SPACEDLY_MODE: mode },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          retry,
          sequence: { groupOrder: 2 + index },
        },
      })),
      {
        test: {
          ...inNode,
          name: 'chaos',
          include: ['tests/{chaos,operations}/**/*.test.ts', 'packages/local-postgres/**/*.test.ts'],
          exclude: NOT_OURS,
          globalSetup: ['tests/harness/global-setup.ts'],
          // A process for each file: what is killed here must not take the next file along.
          isolate: true,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          ...inNode,
          name: 'security',
          include: ['tests/security/**/*.test.ts'],
          globalSetup: ['tests/harness/security-setup.ts'],
          env: { SPACEDLY_MODE: 'single' },
          maxWorkers: 1,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          retry,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          ...inNode,
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/harness/global-setup.ts'],
          // They wait for pages more than they work: for a reminder a whole minute.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry,
          sequence: { groupOrder: 6 },
        },
      },
    ],
  },
});
