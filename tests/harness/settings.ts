import { ConfigError, loadConfig, settingNames } from '@spacedly/kit';

/**
 * What the product would say of these settings at its start, names that it does not know included.
 * @param readFiles false where the files that `<NAME>_FILE` names are not here
 */
export function settingProblems(settings: Record<string, string>, { readFiles = false } = {}): string[] {
  const isFile = (name: string) => !readFiles && /_FILE$/.test(name);
  const isKnown = (name: string) => settingNames.includes(name);
  const unknown = Object.keys(settings).filter(
    (name) => !isKnown(name) && !isKnown(name.replace(/_FILE$/, '')),
  );
  const rest = Object.entries(settings).filter(([name]) => !isFile(name));
  try {
    loadConfig(Object.fromEntries(rest));
    return unknown;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...unknown, ...error.issues];
  }
}
