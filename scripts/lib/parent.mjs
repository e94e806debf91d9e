import { readFileSync } from 'node:fs';

const INTERVAL_MS = 500;

/**
 * Calls `onDeath` when the npm that runs us is gone. npm passes a signal on to the shell between it and us, which dies
 * and leaves us behind; a SIGKILL it cannot pass on at all. Without npm nothing is watched: whoever starts this in the
 * background of a shell may leave the shell.
 */
export function watchNpm(onDeath) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const shellParent = isNpm(parent) ? null : parentOf(parent);
  const npm = shellParent !== null && isNpm(shellParent) ? shellParent : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || parentOf(parent) === npm)) return;
    clearInterval(timer);
    onDeath();
  }, INTERVAL_MS);
  timer.unref();
}

/** npm names itself "npm start" in the list of processes. Only Linux lets us look. */
function isNpm(pid) {
  return /^npm\b|npm-cli\.js/.test(readProc(pid, 'cmdline').replaceAll('\0', ' '));
}

function parentOf(pid) {
  const stat = readProc(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) || null;
}

function readProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
