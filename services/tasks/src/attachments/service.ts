import type { Attachment } from '@spacedly/contracts';
import {
  type Db,
  FILES_QUEUE,
  type IdempotencyClaim,
  once,
  Problem,
  type Storage,
  sha256,
} from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { findTask, lockTask, type TaskKey } from '../items/store.ts';
import { idempotencyKeys } from '../schema.ts';
import type { OptimizedImage } from './images.ts';
import { discard, keep, type Prepared, prepare } from './prepare.ts';
import { presentAttachment } from './present.ts';
import * as store from './store.ts';
import { type UploadedFile, withUploads } from './upload.ts';

export interface AttachmentDeps extends TasksDeps {
  storage: Storage;
  optimize: (path: string) => Promise<OptimizedImage>;
  /** Bytes one person may keep. */
  quotaBytes: number;
}

/** Every list of tasks carries these, so their number is bounded. */
const MAX_PER_TASK = 100;

interface Upload {
  target: TaskKey;
  request: FastifyRequest;
  idempotency: IdempotencyClaim | null;
}

/** All are tried, so that none is still being worked on when the first failure is told. */
async function prepareAll(files: readonly UploadedFile[], userId: string, { optimize }: AttachmentDeps) {
  const settled = await Promise.allSettled(
    files.map((file, index) => prepare(file, { userId, index }, optimize)),
  );
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

const bytesOf = (prepared: readonly Prepared[]) =>
  prepared.reduce((sum, { row }) => sum + row.sizeBytes + (row.thumbSizeBytes ?? 0), 0);

async function assertRoom(db: Db, userId: string, added: number, quotaBytes: number): Promise<void> {
  const used = await store.sumBytes(db, userId);
  if (used + added <= quotaBytes) return;
  const left = Math.max(0, Math.floor((quotaBytes - used) / 1_024));
  throw new Problem('ATTACHMENT_QUOTA', { detail: `${left} KB of room are left; the bin takes room too` });
}

async function insert(
  tx: Db,
  { now, quotaBytes }: AttachmentDeps,
  { userId, id }: TaskKey,
  prepared: readonly Prepared[],
): Promise<Attachment[]> {
  if ((await lockTask(tx, { userId, id })) === null) throw new Problem('TASK_NOT_FOUND');
  await store.lockRoom(tx, userId);
  await assertRoom(tx, userId, bytesOf(prepared), quotaBytes);
  if ((await store.countOfTask(tx, id)) + prepared.length > MAX_PER_TASK) {
    throw new Problem('ATTACHMENT_LIMIT', { detail: `A task has at most ${MAX_PER_TASK} files` });
  }
  const createdAt = now();
  const rows = await store.insertAttachments(
    tx,
    prepared.map(({ row }) => ({ ...row, userId, taskId: id, createdAt })),
  );
  await store.touchTask(tx, id, createdAt);
  return rows.map(presentAttachment);
}

/** The body is no JSON: what makes a request the same are the names and contents of its files. */
function claimFor(claim: IdempotencyClaim | null, { url }: FastifyRequest, files: readonly UploadedFile[]) {
  if (claim === null) return null;
  const contents = files.map(({ name, sha256: hash }) => `${hash} ${name}`).join('\n');
  return { ...claim, requestHash: sha256(`POST ${url}\n${contents}`) };
}

/** Files first, then their rows: a row never names what is not there. */
async function keepAll(
  deps: AttachmentDeps,
  { target, request, idempotency }: Upload,
  files: readonly UploadedFile[],
) {
  const prepared = await prepareAll(files, target.userId, deps);
  await assertRoom(deps.db, target.userId, bytesOf(prepared), deps.quotaBytes);
  try {
    await keep(deps.storage, prepared);
    const items = await deps.db.transaction((tx) =>
      once(tx, idempotencyKeys, claimFor(idempotency, request, files), () =>
        insert(tx, deps, target, prepared),
      ),
    );
    const isRepeated = items[0]?.id !== prepared[0]?.row.id;
    if (isRepeated) await discard(deps.storage, prepared);
    return items;
  } catch (error) {
    await discard(deps.storage, prepared);
    throw error;
  }
}

/**
 * Attaches the files of a request to a task: all of them or none.
 * @throws Problem TASK_NOT_FOUND, ATTACHMENT_QUOTA, ATTACHMENT_LIMIT, UNREADABLE_IMAGE, IDEMPOTENCY_KEY_REUSED,
 *   UNAVAILABLE, and what `withUploads` refuses
 */
export async function createAttachments(deps: AttachmentDeps, upload: Upload): Promise<Attachment[]> {
  if ((await findTask(deps.db, upload.target)) === null) throw new Problem('TASK_NOT_FOUND');
  return withUploads(upload.request, (files) => keepAll(deps, upload, files));
}

/** @throws Problem TASK_NOT_FOUND */
export async function getAttachments({ db }: TasksDeps, target: TaskKey): Promise<Attachment[]> {
  if ((await findTask(db, target)) === null) throw new Problem('TASK_NOT_FOUND');
  return (await store.listOfTask(db, target)).map(presentAttachment);
}

/** Deletes a file: the row now, what is stored by a job that is tried until it is done. @throws Problem ATTACHMENT_NOT_FOUND */
export async function removeAttachment(deps: AttachmentDeps, key: store.AttachmentKey): Promise<void> {
  const { db, outbox, now } = deps;
  if ((await store.findAttachment(db, key)) === null) throw new Problem('ATTACHMENT_NOT_FOUND');
  await db.transaction(async (tx) => {
    const row = await store.deleteAttachment(tx, key);
    if (row === null) throw new Problem('ATTACHMENT_NOT_FOUND');
    const keys = [row.storageKey, row.thumbKey].filter((stored) => stored !== null);
    await outbox.enqueue(tx, FILES_QUEUE, { keys });
    await store.touchTask(tx, row.taskId, now());
  });
}
