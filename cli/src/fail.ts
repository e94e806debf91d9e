import { failStart } from '@spacedly/kit';

/** Ends a command that failed, in words for the person who ran it. */
export function failCommand(error: unknown): never {
  if (error instanceof Error && error.name === 'DataFolderInUse') {
    console.error(error.message);
    process.exit(1);
  }
  failStart(error);
}
