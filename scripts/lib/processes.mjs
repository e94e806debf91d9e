import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { root } from './shared.mjs';

/**
 * Runs a program to its end with its output kept.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a Node script in the foreground, on this terminal, until it ends. Signals reach it, and so does the death of
 * this process: the channel between the two closes, which is `process.on('disconnect')` there.
 * @returns {Promise<number>} its exit code; when a signal ended it, this process ends by the same.
 */
export async function runToEnd(node, args, options = {}) {
  const child = startChild(node, args, options);
  const stopForwarding = forwardSignals([child]);
  const { code, signal } = await ended(child);
  stopForwarding();
  if (signal !== null) process.kill(process.pid, signal);
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

export function startChild(node, args, options = {}) {
  return spawn(node, args, { cwd: root, ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
}

/** @returns {Promise<{ code: number | null, signal: string | null }>} */
export function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * Passes signals on, and the death of our own parent as SIGTERM. On a terminal a Ctrl-C reaches the children without
 * our help, since they are in the same foreground group; a second one from us would mean "exit at once" to them.
 */
export function forwardSignals(children) {
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const forward = (signal) => {
    if (signal === 'SIGINT' && hasTerminal) return;
    for (const child of children) child.kill(signal);
  };
  const stop = () => forward('SIGTERM');
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, forward);
  process.on('disconnect', stop);
  process.channel?.unref();
  return () => {
    for (const name of names) process.off(name, forward);
    process.off('disconnect', stop);
  };
}

/** How to run npm: the one that runs us, else the one on the PATH. */
export function npmCommand(args) {
  const script = process.env.npm_execpath;
  if (script !== undefined && basename(script) === 'npm-cli.js')
    return { program: process.execPath, args: [script, ...args] };
  if (process.platform === 'win32') return { program: 'npm.cmd', args, shell: true };
  return { program: 'npm', args };
}
