export { DataFolderInUse } from './lock.ts';
export { findLocalPostgres } from './running.ts';
export { type LocalPostgres, type LocalPostgresOptions, startLocalPostgres } from './start.ts';
