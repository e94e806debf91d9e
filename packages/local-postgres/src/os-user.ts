import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The operating system user that PostgreSQL runs as; it refuses to run as root. */
export interface OsUser {
  name: string;
  uid: number;
  gid: number;
}

const CREATED_USER = 'spacedly-db';

/**
 * Whom to run PostgreSQL as: null means as ourselves, for anybody but root. Root hands over to the owner of an
 * existing cluster, else to the user `postgres`, else to a system user made for it.
 * @throws Error when a user is needed and cannot be made.
 */
export function databaseUser(existingCluster: string | null): OsUser | null {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(existingCluster) ?? findUser('postgres') ?? findUser(CREATED_USER) ?? createUser();
}

/** Whether the user can enter each of `folders` and read each of `files`, asked of the system itself (modes, ACLs, …). */
export function canReach(user: OsUser, folders: string[], files: string[]): boolean {
  const script = `for folder in ${folders.map(quote).join(' ')}; do cd "$folder" || exit 1; done 2>/dev/null
    for file in ${files.map(quote).join(' ')}; do test -r "$file" || exit 1; done`;
  const { status } = spawnSync('/bin/sh', ['-c', script], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function ownerOf(cluster: string | null): OsUser | null {
  if (cluster === null) return null;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? null : { name: `user ${uid}`, uid, gid };
}

function findUser(name: string): OsUser | null {
  const line = passwdLine(name);
  if (line === undefined) return null;
  const [, , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

function passwdLine(name: string): string | undefined {
  const isUser = (line: string) => line.startsWith(`${name}:`);
  try {
    const local = readFileSync('/etc/passwd', 'utf8').split('\n').find(isUser);
    return (
      local ??
      execFileSync('getent', ['passwd', name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    );
  } catch {
    return undefined; // No such user, or no getent on this system.
  }
}

function createUser(): OsUser {
  const useradd = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/bin/false',
    CREATED_USER,
  ];
  const adduser = ['-S', '-D', '-H', '-h', '/nonexistent', '-s', '/bin/false', CREATED_USER];
  const problems: string[] = [];
  for (const [program, args] of [
    ['useradd', useradd],
    ['adduser', adduser],
  ] as const) {
    const { stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    const user = findUser(CREATED_USER);
    if (user !== null) return user;
    problems.push((stderr || String(error)).trim());
  }
  throw new Error(
    'PostgreSQL does not run as root, and no other user could be made for it ' +
      `(${problems.join('; ')}). Create a user named postgres, or start Spacedly as an ordinary user.`,
  );
}
