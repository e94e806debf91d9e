import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ended, forwardSignals, startChild } from './processes.mjs';
import { root, say, toolScript } from './shared.mjs';

const watched = ['packages', 'services', 'gateway', 'cli'];

/** The server, started again at each change of its sources, and Vite for the web app. Both end together. */
export async function dev(cli, args) {
  const watch = watched.map((folder) => `--watch-path=${join(root, folder)}`);
  const children = [
    startChild(process.execPath, ['--watch', '--watch-preserve-output', ...watch, cli, 'serve', ...args]),
  ];
  const web = join(root, 'web');
  if (existsSync(join(web, 'index.html'))) {
    say('the web app with live reload: http://localhost:5173');
    children.push(
      startChild(process.execPath, [toolScript('vite/bin/vite.js', web), '--port', '5173'], { cwd: web }),
    );
  }
  forwardSignals(children);
  const endings = children.map(ended);
  const first = await Promise.race(endings);
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(endings);
  return first.code ?? 0;
}
