import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { contracts } from '@spacedly/contracts';
import { Problem, version } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of Spacedly</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="docs"></main>
<noscript>This page needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** In a file of its own because the content security policy allows no script within a page. */
const startScript = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
`;

const ASSETS = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
]);

/** The files of Swagger UI as its package brings them; found and read when somebody looks at the page. */
function readAsset(name: string): Promise<Buffer> {
  const manifest = createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json');
  return readFile(join(dirname(manifest), 'static', name));
}

/** The OpenAPI document as text; made from the schemas once, when first asked for. */
function documentText(): () => Promise<string> {
  let text: Promise<string> | null = null;
  const make = async () => {
    const { openApiDocument } = await import('@spacedly/contracts/openapi');
    return JSON.stringify(openApiDocument(contracts, version));
  };
  return () => {
    text ??= make();
    return text;
  };
}

/** `/openapi.json`, and `/docs` to read it: the whole API in either mode, wherever its services run. */
export function docsRoutes(app: FastifyInstance): void {
  const document = documentText();
  app.get('/openapi.json', async (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await document()),
  );
  app.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/docs/start.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(startScript),
  );
  app.get<{ Params: { file: string } }>('/docs/:file', async (request, reply) => {
    const { file } = request.params;
    const type = ASSETS.get(file);
    if (type === undefined) throw new Problem('NOT_FOUND');
    return reply
      .type(type)
      .header('cache-control', 'public, max-age=86400')
      .send(await readAsset(file));
  });
}
