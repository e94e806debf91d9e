import { fileURLToPath } from 'node:url';
import { chooseEncoding, isCompressible, Problem } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUnder, SERVER_PREFIXES } from '../routing-table.ts';
import { type Asset, type Assets, readAssets } from './assets.ts';

const DIST = fileURLToPath(new URL('../../../web/dist', import.meta.url));
const FOREVER = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Spacedly</title>
<h1>The web app has not been built</h1>
<p>The server runs, and its API is described at <a href="/docs">/docs</a>. Start it with <code>npm start</code>,
which builds the web app first.</p>
</html>
`;

/** A browser going to a page, rather than a program or a page asking for a file; the front page is one for everybody. */
function isNavigation(request: FastifyRequest, path: string): boolean {
  return path === '/' || (request.headers.accept ?? '').includes('text/html');
}

async function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): Promise<FastifyReply> {
  reply
    .type(asset.type)
    .header('etag', asset.etag)
    .header('cache-control', asset.isHashed ? FOREVER : 'no-cache');
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
  if (!isCompressible(asset.type, asset.body.length)) return reply.send(asset.body);
  reply.header('vary', 'accept-encoding');
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  if (encoding === null) return reply.send(asset.body);
  return reply.header('content-encoding', encoding).send(await asset.encoded(encoding));
}

/**
 * The built web app: its files, and its page for every other address that people go to. Programs get 404 for what is
 * not there, so that a mistyped address of the API never looks like an answer.
 * @param folder where the build lies
 */
export function webRoutes(app: FastifyInstance, folder = DIST): void {
  let reading: Promise<Assets | null> | null = null;
  const read = async () => {
    reading ??= readAssets(folder);
    const assets = await reading;
    if (assets === null) reading = null;
    return assets;
  };

  app.get('/*', async (request, reply) => {
    const path = request.url.split(/[?#]/, 1)[0] as string;
    if (SERVER_PREFIXES.some((prefix) => isUnder(path, prefix))) throw new Problem('NOT_FOUND');
    const assets = await read();
    const asset = assets?.get(path) ?? (isNavigation(request, path) ? assets?.get('/index.html') : undefined);
    if (asset !== undefined) return sendAsset(request, reply, asset);
    if (assets === null && isNavigation(request, path))
      return reply.code(503).header('retry-after', '5').type('text/html; charset=utf-8').send(NOT_BUILT);
    throw new Problem('NOT_FOUND');
  });
}
