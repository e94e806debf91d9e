// Stops PostgreSQL when the application dies without having done so itself, be it by SIGKILL. Where there is a POSIX
// shell, guard.sh does the same with less memory: on Windows, and in images without a shell, it is this.
//
// Runs in its own session, with a pipe from the application as standard input. Each line names the server that is
// running now: its process id and when it began, as /proc tells it, or "-" where there is none. When the pipe closes,
// the application is gone.
// Arguments: the path of pg_ctl (needed on Windows, where PostgreSQL takes signals only through it), and the data
// folder, which only tells whoever looks at the list of processes.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const FAST_SHUTDOWN_MS = 10_000;
const IMMEDIATE_SHUTDOWN_MS = 6_000;
const pgCtl = process.argv[2];
let server = null;
let received = '';

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  received += text;
  const lines = received.split('\n');
  received = lines.pop();
  if (lines.length === 0) return;
  const [pid, startedAt] = lines.at(-1).split(' ');
  server = { pid: Number(pid), startedAt };
});
process.stdin.on('error', () => {});
process.stdin.on('close', async () => {
  if (server !== null) {
    (await stop('SIGINT', FAST_SHUTDOWN_MS)) ||
      (await stop('SIGQUIT', IMMEDIATE_SHUTDOWN_MS)) ||
      (await stop('SIGKILL', 1000));
  }
  process.exit();
});

async function stop(signal, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  if (isSameServer()) send(signal);
  while (isSameServer()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

function send(signal) {
  try {
    if (process.platform === 'win32')
      execFileSync(pgCtl, ['kill', signal.slice(3), String(server.pid)], { stdio: 'ignore' });
    else process.kill(server.pid, signal);
  } catch {
    // Gone already.
  }
}

/** Alive, not a zombie, and not another program that was given the same pid since. */
function isSameServer() {
  try {
    if (server.startedAt === '-') return process.kill(server.pid, 0);
    const stat = readFileSync(`/proc/${server.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] !== 'Z' && fields[19] === server.startedAt;
  } catch {
    return false;
  }
}
