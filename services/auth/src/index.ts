import { fileURLToPath } from 'node:url';
import { authContract } from '@spacedly/contracts';
import type { BackgroundWork, Service } from '@spacedly/kit';
import { accountRoutes } from './accounts/routes.ts';
import type { AuthDeps } from './deps.ts';
import { securityEventRoutes } from './events-log/routes.ts';
import { cleanup } from './jobs.ts';
import { keyRotation } from './keys/jobs.ts';
import { keyRoutes } from './keys/routes.ts';
import { createSigningKeys } from './keys/service.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { createPasswordHasher } from './passwords/hasher.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { signupRoutes } from './signup/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';

/** Several pieces of background work as one. */
function together(...works: BackgroundWork[]): BackgroundWork {
  return {
    start: async () => void (await Promise.all(works.map((work) => work.start()))),
    stop: async () => void (await Promise.all(works.map((work) => work.stop()))),
  };
}

/** The auth service: accounts, sign-up, sessions, tokens and their keys. */
export const authService: Service = {
  contract: authContract,
  migrations: { schema: 'auth', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, { database: { db }, config, outbox, secrets, signals, now, log }) {
    const keys = createSigningKeys({ db, secrets, now }, signals);
    const deps: AuthDeps = { db, config, outbox, secrets, keys, now, hasher: createPasswordHasher() };
    signupRoutes(app, deps);
    sessionRoutes(app, deps);
    accountRoutes(app, deps);
    keyRoutes(app, deps);
    passkeyRoutes(app, deps);
    tokenRoutes(app, deps);
    securityEventRoutes(app, deps);
    return together(cleanup(deps, log), keyRotation(deps, log));
  },
};
