import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npmCommand } from './processes.mjs';
import { readText, root, say, seconds, sha256, Trouble, writeText } from './shared.mjs';

const marker = join(root, 'node_modules', '.spacedly', 'installed');
const lockFile = join(root, 'package-lock.json');
/** Names the npm that is at work on this folder; it may outlive a killed start. Not in node_modules: npm ci empties it. */
const workingFile = join(
  tmpdir(),
  `spacedly-install-${sha256(`${root}${process.getuid?.()}`).slice(0, 16)}.pid`,
);

/**
 * Installs the dependencies unless they are what package-lock.json asks for. The marker is written last, so an install
 * that was killed is done again.
 */
export async function ensureInstalled() {
  const wanted = readText(lockFile);
  if (wanted === null)
    throw new Trouble('package-lock.json is missing: this is not a complete copy of Spacedly.');
  const hash = sha256(wanted);
  if (readText(marker) === hash) return;
  await waitForOtherInstall();
  if (readText(marker) === hash) return;
  if (!isInstalled(wanted)) await install();
  writeText(marker, hash);
}

/**
 * Whether node_modules, perhaps made by `npm install`, holds what the lock file names. npm keeps its own list there,
 * written when everything is in place.
 */
function isInstalled(wantedText) {
  const foundText = readText(join(root, 'node_modules', '.package-lock.json'));
  if (foundText === null) return false;
  const wanted = JSON.parse(wantedText).packages;
  const found = JSON.parse(foundText).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    const isOwn = !path.includes('node_modules/');
    if (isOwn || entry.optional || entry.devOptional || entry.peer) return true;
    const isSame = found[path]?.version === entry.version && found[path]?.resolved === entry.resolved;
    return isSame && existsSync(join(root, path, 'package.json'));
  });
}

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
const complete = ['--include=dev', '--include=optional', '--engine-strict=false'];

async function install() {
  const start = Date.now();
  say('installing the dependencies (once, up to a minute)');
  let { code, output } = await runNpm(['ci', ...quiet, ...complete]);
  if (code !== 0 && /EUSAGE/.test(output)) {
    // The lock file leaves out optional packages of other platforms, which a registry did not have when it was
    // written, and `npm ci` refuses it. `npm install` takes its versions just the same, but would trust the files
    // of an install that was killed.
    emptyNodeModules();
    ({ code, output } = await runNpm(['install', '--no-save', ...quiet, ...complete]));
  }
  if (code !== 0)
    throw new Trouble(`${output}\nThe dependencies could not be installed; what npm says is above.`);
  say(`installed in ${seconds(Date.now() - start)}`);
}

function emptyNodeModules() {
  const inside = (folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const single = ['.', 'gateway', 'cli', 'web'].map((name) => join(root, name));
  for (const folder of [...single, ...inside(join(root, 'packages')), ...inside(join(root, 'services'))]) {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true, maxRetries: 5 });
  }
}

function runNpm(args) {
  const { program, args: all, shell } = npmCommand(args);
  return new Promise((resolve) => {
    const child = spawn(program, all, { cwd: root, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) claim(child.pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    const finish = (code) => {
      rmSync(workingFile, { force: true });
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(1);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

function claim(pid) {
  rmSync(workingFile, { force: true });
  writeFileSync(workingFile, String(pid), { flag: 'wx' });
}

/** Two npm on one folder destroy each other's work. */
async function waitForOtherInstall() {
  for (let isFirst = true; isNpm(Number(readText(workingFile))); isFirst = false) {
    if (isFirst) say('another install is at work here, waiting for it');
    await sleep(200);
  }
  rmSync(workingFile, { force: true });
}

function isNpm(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('npm');
  } catch {
    return false;
  }
}
