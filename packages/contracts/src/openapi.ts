import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { RouteContract, ServiceContract } from './contract.ts';
import { isOpenToImpersonation } from './permissions.ts';
import { type ProblemCode, problemBody, problems, problemType } from './problems.ts';
import { requiredScope } from './scopes.ts';

const idempotencyKey = z
  .uuid()
  .optional()
  .meta({ description: 'The same key with the same body within 24 h gives the first answer again' });
const ifMatch = z
  .string()
  .optional()
  .meta({ description: 'The `ETag` the change is based on; 412 when it no longer fits' });

/** What a personal access token needs for the route, null where none will do. */
const scopeOf = (route: RouteContract) => (route.scope === undefined ? requiredScope(route) : route.scope);

/** Problems every route of a kind may answer with, besides its own. */
function impliedProblems(route: RouteContract): ProblemCode[] {
  const codes: ProblemCode[] = ['INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED'];
  if (route.params || route.query || route.body) codes.push('VALIDATION_FAILED');
  if (route.permission) codes.push('FORBIDDEN');
  if (route.auth === 'required' && !isOpenToImpersonation(route)) codes.push('IMPERSONATING');
  if (route.body) codes.push('MALFORMED_REQUEST', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  if (route.auth === 'required')
    codes.push('UNAUTHENTICATED', scopeOf(route) ? 'SCOPE_MISSING' : 'TOKEN_REFUSED');
  if (route.auth === 'required' && route.method !== 'GET') codes.push('CROSS_SITE_REQUEST');
  if (route.conditional && route.method !== 'GET') codes.push('PRECONDITION_FAILED');
  if (route.idempotent) codes.push('IDEMPOTENCY_KEY_REUSED');
  return codes;
}

function problemResponses(route: RouteContract): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...route.errors, ...impliedProblems(route)])) {
    const status = problems[code][0];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: ZodOpenApiOperationObject['responses'] = {};
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    const description = codes.map((code) => `${problems[code][1]} (\`${problemType(code)}\`)`).join('; ');
    responses[`${status}` as '400'] = {
      description,
      content: { 'application/problem+json': { schema: problemBody } },
    };
  }
  return responses;
}

function streamType(path: string): string {
  if (path.endsWith('.ics')) return 'text/calendar';
  return path.endsWith('stream') ? 'text/event-stream' : 'text/html';
}

function successResponses(route: RouteContract): ZodOpenApiOperationObject['responses'] {
  const responses: ZodOpenApiOperationObject['responses'] = {};
  for (const [status, body] of Object.entries(route.responses)) {
    const content =
      body === null
        ? undefined
        : body === 'stream'
          ? { [route.produces ?? streamType(route.path)]: { schema: z.string() } }
          : { 'application/json': { schema: body } };
    responses[status as '200'] = { description: route.summary, ...(content && { content }) };
  }
  return responses;
}

/** Access tokens always; a personal one needs the scope that is named here (OpenAPI 3.1 allows that for any scheme). */
function securityOf(route: RouteContract): Record<string, string[]>[] {
  if (route.auth !== 'required') return [];
  const needed = scopeOf(route);
  const personal = needed === null ? [] : [{ personalToken: [needed] }];
  return [{ bearer: [] }, { cookie: [] }, ...personal];
}

type Upload = NonNullable<RouteContract['upload']>;

function uploadDescription({ maxBytes, maxFiles = 1, types }: Upload): string {
  const count = maxFiles === 1 ? 'One file' : `Up to ${maxFiles} files, each`;
  return `${count} of at most ${maxBytes} bytes: ${types.join(', ')}`;
}

function uploadSchema({ field = 'file', maxFiles = 1 }: Upload): z.ZodType {
  const file = z.string().meta({ format: 'binary' });
  return z.object({ [field]: maxFiles === 1 ? file : z.array(file).min(1).max(maxFiles) });
}

function operation(name: string, tag: string, route: RouteContract): ZodOpenApiOperationObject {
  const headers: Record<string, z.ZodType> = {};
  if (route.idempotent) headers['Idempotency-Key'] = idempotencyKey;
  if (route.conditional && route.method !== 'GET') headers['If-Match'] = ifMatch;
  return {
    operationId: name,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [tag],
    security: securityOf(route),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
    },
    ...(route.upload && {
      requestBody: {
        required: true,
        description: uploadDescription(route.upload),
        content: { 'multipart/form-data': { schema: uploadSchema(route.upload) } },
      },
    }),
    ...(route.body && {
      requestBody: {
        required: !route.body.safeParse(undefined).success,
        content: { 'application/json': { schema: route.body } },
      },
    }),
    responses: { ...successResponses(route), ...problemResponses(route) },
  };
}

/**
 * The OpenAPI 3.1 document of the given services, from the schemas that validate. Internal routes stay out.
 */
export function openApiDocument(services: readonly ServiceContract[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const service of services) {
    for (const [name, route] of Object.entries(service.routes)) {
      if (route.auth === 'internal') continue;
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, service.name, route) };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Spacedly',
      version,
      description: 'A self-hosted planner that brings each task and note back at the right moment.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        personalToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'spd_…',
          description: 'POST /v1/auth/tokens',
        },
        cookie: { type: 'apiKey', in: 'cookie', name: 'spacedly_access' },
      },
    },
  });
}
