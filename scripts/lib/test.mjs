import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.mjs';
import { runToEnd } from './processes.mjs';
import { readText, root, say, Trouble, toolScript } from './shared.mjs';
import { ensureWebBuilt } from './web.mjs';

const unsteady = join(root, 'scripts', 'lib', 'unsteady.mjs');
const projects = ['unit', 'routes', 'single', 'split', 'chaos', 'security', 'browser'];

/** `--url URL` names a running system for the security suite to attack instead of one of our own. */
function takeUrl(args) {
  const at = args.indexOf('--url');
  if (at === -1) return args;
  process.env.SPACEDLY_URL = args[at + 1] ?? '';
  return args.toSpliced(at, 2);
}

/**
 * Everything: the checks, then the tests. Arguments that name a project run only that; others are file filters and
 * options of vitest.
 * @returns {Promise<number>} the exit code.
 */
export async function test(args) {
  say('checking format, lint, imports and types');
  const checks = await check();
  const failedBuilds = await buildWeb();
  const tests = await runTests(takeUrl(args));
  const passed = checks.passed + tests.passed;
  const failed = checks.failed + failedBuilds + tests.failed;
  say('');
  say(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}

async function buildWeb() {
  try {
    await ensureWebBuilt();
    return 0;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    say(error.message);
    return 1;
  }
}

async function runTests(args) {
  const chosen = args.filter((arg) => projects.includes(arg));
  say(`running the tests${chosen.length > 0 ? `: ${chosen.join(', ')}` : ''}`);
  const folder = mkdtempSync(join(tmpdir(), 'spacedly-test-'));
  const report = join(folder, 'report.json');
  const options = [
    ...chosen.flatMap((name) => ['--project', name]),
    ...args.filter((arg) => !projects.includes(arg)),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    `--reporter=${unsteady}`,
  ];
  try {
    const code = await runToEnd(process.execPath, [toolScript('vitest/vitest.mjs'), 'run', ...options]);
    return count(readText(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that fails before its first test, and a run that fails without a failed test, count as one failure each. */
function count(text, code) {
  if (text === null) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(text);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
