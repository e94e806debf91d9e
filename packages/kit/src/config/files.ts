import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** A file of a secret is a line or two; whatever is longer is another file. */
const MAX_BYTES = 64 * 1_024;

function read(path: string): { text: string } | { problem: string } {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_BYTES) return { problem: 'is too large for a setting' };
    return { text: bytes.toString('utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    return { problem: `cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}

/**
 * Any setting may come from a file named by `<NAME>_FILE`, as secrets of containers and of systemd do.
 * @param names every setting there is
 * @returns the environment with what the files hold, and what is wrong with them; their contents are never repeated
 */
export function readSettingFiles(
  env: Environment,
  names: readonly string[],
): { env: Record<string, string | undefined>; issues: string[] } {
  const settings: Record<string, string | undefined> = { ...env };
  const issues: string[] = [];
  for (const name of names) {
    const from = `${name}_FILE`;
    const path = env[from];
    if (names.includes(from) || path === undefined || path === '') continue;
    if (env[name] !== undefined && env[name] !== '') {
      issues.push(`${from}: goes not together with ${name}; set one of them`);
      continue;
    }
    const found = read(path);
    if ('problem' in found) issues.push(`${from}: the file ${found.problem}`);
    else settings[name] = found.text;
  }
  return { env: settings, issues };
}

/** What is wrong with a file of certificates. */
export function certificateFileIssues(name: string, path: string | undefined): string[] {
  if (path === undefined) return [];
  try {
    if (readFileSync(path, 'utf8').includes('-----BEGIN CERTIFICATE-----')) return [];
    return [`${name}: the file holds no certificate in PEM (-----BEGIN CERTIFICATE-----)`];
  } catch (error) {
    return [`${name}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`];
  }
}
