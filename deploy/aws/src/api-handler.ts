import { setImmediate as nextTurn } from 'node:timers/promises';
import awsLambdaFastify from '@fastify/aws-lambda';
import { loadServices } from '@spacedly/cli';
import { gateway } from '@spacedly/gateway';
import {
  buildProcess,
  connectDeafSignals,
  createCommandLogger,
  explainStartError,
  newId,
  openPlatform,
  Problem,
} from '@spacedly/kit';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { createReviver, isLockedOut } from './connections.ts';
import { isBinary, toRequest } from './event.ts';
import { type Environment, readInstallation } from './settings.ts';
import { createWake } from './wake.ts';

export type ApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

type Serve = (event: object, context: object) => Promise<APIGatewayProxyStructuredResultV2>;

/** Lambda takes 6 MB, headers included (6,291,556 bytes); an answer beyond would be an error without a word. */
const MAX_ANSWER_BYTES = 6_200_000;

const UNAVAILABLE = new Problem('UNAVAILABLE', { retryAfterSeconds: 1 });

function answerOf(problem: Problem): APIGatewayProxyStructuredResultV2 {
  const { retryAfterSeconds } = problem;
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(problem.toBody(newId())),
  };
}

async function open(env: Environment) {
  const installation = await readInstallation(env, 'api');
  const { log } = installation;
  const wake = createWake(installation.wakeTopicArn, log);
  const platform = await openPlatform({
    ...installation,
    name: 'api',
    connectSignals: connectDeafSignals,
    queues: { supervise: false, onEnqueued: wake.note },
  });
  const { app } = await buildProcess(platform, { services: await loadServices(), front: gateway });
  // The plugin is CommonJS and says so in its types only.
  const serve = awsLambdaFastify(app, {
    decorateRequest: false,
    parseCommaSeparatedQueryParams: false,
    enforceBase64: isBinary as never,
  }) as unknown as Serve;
  await app.ready();
  const { pool } = platform.database;
  const close = async () => {
    await app.close();
    await platform.close();
  };
  return { serve, wake, log, revive: createReviver(pool), isLockedOut: () => isLockedOut(pool), close };
}

type Instance = Awaited<ReturnType<typeof open>>;

async function answer(instance: Instance, event: APIGatewayProxyEventV2, context: Context) {
  const { serve, wake, log, revive } = instance;
  await revive();
  const given = await serve(toRequest(event), context);
  await wake.send();
  if ((given.body?.length ?? 0) <= MAX_ANSWER_BYTES) return given;
  log.error({ path: event.rawPath, bytes: given.body?.length }, 'the answer is more than Lambda can return');
  return answerOf(new Problem('INTERNAL'));
}

/**
 * The whole product behind API Gateway, opened with the first request and kept for the next ones. It does no background
 * work: a function stands still when it has answered.
 */
export function createApi(env: Environment): ApiHandler & { close(): Promise<void> } {
  const faults = createCommandLogger('api');
  let opening: Promise<Instance> | null = null;
  async function close(): Promise<void> {
    const instance = await opening?.catch(() => null);
    opening = null;
    await instance?.close();
  }
  const handle: ApiHandler = async (event, context) => {
    let instance: Instance;
    try {
      opening ??= open(env);
      instance = await opening;
    } catch (error) {
      opening = null;
      faults.error({ err: error }, explainStartError(error) ?? 'the API could not begin');
      return answerOf(UNAVAILABLE);
    }
    const given = await answer(instance, event, context);
    if ((given.statusCode ?? 200) >= 500 && (await instance.isLockedOut())) await close();
    // Lines are written at the end of a turn, and after the answer there may be none for hours.
    await nextTurn();
    return given;
  };
  return Object.assign(handle, { close });
}
