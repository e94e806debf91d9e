import { failStart } from '@spacedly/kit';
import { BackupError } from './backup/format.ts';

interface ArgumentError extends Error {
  code?: string;
}

/** Ends a command that failed, in words for the person who ran it. */
export function failCommand(error: unknown): never {
  if (error instanceof Error && error.name === 'DataFolderInUse') {
    console.error(error.message);
    process.exit(1);
  }
  if (error instanceof BackupError) {
    console.error(error.message);
    process.exit(error.exitCode);
  }
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    console.error('The disk is full.');
    process.exit(1);
  }
  if ((error as ArgumentError).code === 'commander.invalidArgument') {
    console.error(`error: ${(error as ArgumentError).message}`);
    process.exit(2);
  }
  failStart(error);
}
