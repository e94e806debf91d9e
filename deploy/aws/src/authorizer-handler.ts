import { loadServices } from '@spacedly/cli';
import {
  buildProcess,
  connectDeafSignals,
  type Front,
  type Identity,
  openPlatform,
  SCOPE_OF_SERVICE,
} from '@spacedly/kit';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import { createReviver, isLockedOut } from './connections.ts';
import { type Environment, readInstallation } from './settings.ts';

/** What functions behind API Gateway learn of the caller, all of it text. */
export interface CallerContext {
  userId: string;
  role: string;
  sessionId: string;
  /** Of a personal access token, with spaces; empty for a person who signed in, who may do all that is theirs. */
  scopes: string;
}

export type AuthorizerHandler = (
  event: APIGatewayRequestAuthorizerEventV2,
) => Promise<APIGatewaySimpleAuthorizerWithContextResult<Partial<CallerContext>>>;

/** One route that says who asks, behind the checks that every route has. */
const whoAsks: Front = {
  policies: () => {},
  async routes(app) {
    app.get('/', { config: { auth: 'required', scope: SCOPE_OF_SERVICE } }, async ({ identity }) => identity);
  },
};

async function open(env: Environment) {
  const installation = await readInstallation(env, 'authorizer');
  const platform = await openPlatform({
    ...installation,
    name: 'authorizer',
    connectSignals: connectDeafSignals,
    queues: { supervise: false },
  });
  const { app } = await buildProcess(platform, { services: await loadServices(['auth']), front: whoAsks });
  await app.ready();
  const { pool } = platform.database;
  const close = async () => {
    await app.close();
    await platform.close();
  };
  return { app, revive: createReviver(pool), isLockedOut: () => isLockedOut(pool), close };
}

const toContext = ({ userId, role, sessionId, scopes }: Identity): CallerContext => ({
  userId,
  role,
  sessionId,
  scopes: scopes?.join(' ') ?? '',
});

/**
 * Says whether the token of a request is one of ours and alive: signature, expiry, deny list, exactly as the API asks.
 * The answer speaks of the caller and of no path, so API Gateway may remember it for all of them: what somebody may do
 * is decided behind it, each time.
 * @throws Error when it cannot be told, which API Gateway answers with 500; nobody is let in unseen
 */
export function createAuthorizer(env: Environment): AuthorizerHandler & { close(): Promise<void> } {
  let opening: ReturnType<typeof open> | null = null;
  async function close(): Promise<void> {
    const instance = await opening?.catch(() => null);
    opening = null;
    await instance?.close();
  }
  const handle: AuthorizerHandler = async ({ headers, identitySource }) => {
    opening ??= open(env).catch((error) => {
      opening = null;
      throw error;
    });
    const instance = await opening;
    await instance.revive();
    // API Gateway remembers by the identity source, so nothing else may decide.
    const authorization = identitySource?.[0] ?? headers?.authorization ?? '';
    const told = await instance.app.inject({ url: '/', headers: { authorization } });
    if (told.statusCode === 200) return { isAuthorized: true, context: { ...toContext(told.json()) } };
    if (told.statusCode < 500) return { isAuthorized: false, context: {} };
    if (await instance.isLockedOut()) await close();
    throw new Error('whether the token is good could not be told');
  };
  return Object.assign(handle, { close });
}
