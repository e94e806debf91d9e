/** The limit of an upload: sharp alone makes the same two pictures of each file, two files at a time. Nobody sends them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import sharp, { type Sharp } from 'sharp';

const upright = (path: string, width: number, height: number) =>
  sharp(path).autoOrient().resize({ width, height, fit: 'inside', withoutEnlargement: true });
const packed = (image: Sharp, extension: string) =>
  extension === '.png' ? image.png({ compressionLevel: 9, effort: 8 }) : image.webp({ quality: 70 });

async function make(path: string, target: string): Promise<void> {
  await packed(upright(path, 1_920, 1_080), extname(path)).toFile(target);
  await upright(path, 320, 320).webp({ quality: 70 }).toFile(`${target}.thumb`);
}

async function makeAll(request: IncomingMessage): Promise<void> {
  const paths = (await json(request)) as string[];
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-bench-sharp-'));
  const left = paths.map((path, index) => [path, join(folder, String(index))] as const);
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await make(...next);
  };
  await Promise.all([work(), work()]).finally(() => rm(folder, { recursive: true }));
}

const server = createServer(async (request, response) => {
  if (request.method === 'POST') await makeAll(request);
  response.writeHead(request.method === 'POST' ? 201 : 200).end();
});
server.listen(Number(process.env.PORT), '127.0.0.1');
