import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Config } from '../config/schema.ts';
import { assertStorageKey, isStorageKey, type Storage } from './storage.ts';

/** Long enough for a slow connection to begin, short enough that a leaked address is soon worth nothing. */
const URL_SECONDS = 300;

type S3Config = Pick<
  Config,
  'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
>;

const isMissing = (error: unknown) =>
  ['NoSuchKey', 'NotFound'].includes((error as { name?: string }).name ?? '');

/** Without keys the SDK finds its own: the role of the machine, the environment, the profile. */
function createClient(config: S3Config): S3Client {
  const { S3_REGION, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = config;
  return new S3Client({
    region: S3_REGION,
    // Servers other than Amazon's rarely answer to a name for each bucket.
    ...(S3_ENDPOINT !== undefined && { endpoint: S3_ENDPOINT, forcePathStyle: true }),
    ...(S3_ACCESS_KEY_ID !== undefined && {
      credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY as string },
    }),
  });
}

/** Files in a bucket of Amazon S3 or of a server that speaks its protocol. */
export function createS3Storage(config: S3Config): Storage {
  const client = createClient(config);
  const Bucket = config.S3_BUCKET as string;

  async function* pages(prefix?: string) {
    if (prefix !== undefined) assertStorageKey(prefix);
    const Prefix = prefix && `${prefix}/`;
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
      yield Contents;
  }

  return {
    async put(key, content) {
      assertStorageKey(key);
      let sizeBytes = 0;
      const counted = new PassThrough();
      counted.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
      });
      counted.pause();
      const source = content instanceof Uint8Array ? Readable.from([content]) : content;
      const upload = new Upload({ client, params: { Bucket, Key: key, Body: counted } });
      // A source that breaks off destroys the body, on which the upload gives up what it had sent.
      await Promise.all([upload.done(), pipeline(source, counted)]).catch(async (error) => {
        await upload.abort();
        throw error;
      });
      return sizeBytes;
    },
    async get(key, range) {
      assertStorageKey(key);
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const found = await client.send(new GetObjectCommand({ Bucket, Key: key, Range }));
        const whole = /\/(\d+)$/.exec(found.ContentRange ?? '')?.[1];
        return { sizeBytes: Number(whole ?? found.ContentLength), stream: found.Body as Readable };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async delete(key) {
      assertStorageKey(key);
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    },
    async deleteUnder(prefix) {
      for await (const contents of pages(prefix)) {
        if (contents.length === 0) continue;
        const Objects = contents.map(({ Key }) => ({ Key }));
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0)
          throw new Error(`${Errors.length} files could not be deleted: ${Errors[0]?.Code}`);
      }
    },
    async *list(prefix) {
      for await (const contents of pages(prefix)) {
        for (const { Key = '', LastModified } of contents)
          if (isStorageKey(Key)) yield { key: Key, storedAt: LastModified as Date };
      }
    },
    async downloadUrl(key, { contentType, contentDisposition }) {
      assertStorageKey(key);
      const command = new GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentType: contentType,
        ResponseContentDisposition: contentDisposition,
        ResponseCacheControl: 'private',
      });
      return getSignedUrl(client, command, { expiresIn: URL_SECONDS });
    },
  };
}
