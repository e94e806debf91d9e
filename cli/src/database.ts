import type { Config } from '@spacedly/kit';

export interface OpenDatabase {
  url: string;
  /** The same past a pooler: migrations hold a lock for as long as their connection lives. */
  directUrl: string;
  /** Stops the embedded server, where it is ours. */
  close(): Promise<void>;
}

/**
 * The database of the installation: DATABASE_URL, or the embedded PostgreSQL, started now.
 * @throws DataFolderInUse when another process has the data folder
 */
export async function openInstallation(config: Config, say: (line: string) => void): Promise<OpenDatabase> {
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl = url } = config;
  if (url !== undefined && directUrl !== undefined) return { url, directUrl, close: async () => {} };
  const { startLocalPostgres } = await import('@spacedly/local-postgres');
  const local = await startLocalPostgres({
    dataDir: config.DATA_DIR,
    log: say,
    onExit: (reason) => {
      console.error(`The database stopped and could not be brought back: ${reason}`);
      process.exit(1);
    },
  });
  return { url: local.url, directUrl: local.url, close: local.stop };
}

/**
 * The same for a command that can work beside a running server: where that has the embedded PostgreSQL, it is used along.
 * @throws DataFolderInUse when another process has the data folder and no database answers there
 */
export async function reachInstallation(config: Config, say: (line: string) => void): Promise<OpenDatabase> {
  try {
    return await openInstallation(config, say);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DataFolderInUse') throw error;
    const { findLocalPostgres } = await import('@spacedly/local-postgres');
    const url = await findLocalPostgres(config.DATA_DIR);
    if (url === null) throw error;
    return { url, directUrl: url, close: async () => {} };
  }
}
