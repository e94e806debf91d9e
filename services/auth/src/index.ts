import { fileURLToPath } from 'node:url';
import { authContract } from '@spacedly/contracts';
import { type Service, together } from '@spacedly/kit';
import { accountRoutes } from './accounts/routes.ts';
import { addressChangeRoutes } from './address-change/routes.ts';
import { adminRoutes } from './admin/routes.ts';
import { adminGrantRoutes } from './admin/routes-internal.ts';
import { auditListener } from './audit/jobs.ts';
import { auditRoutes } from './audit/routes.ts';
import { deletionRoutes } from './deletion/routes.ts';
import type { AuthDeps } from './deps.ts';
import { deviceRoutes } from './devices/routes.ts';
import { securityEventRoutes } from './events-log/routes.ts';
import { exportWorker } from './export/jobs.ts';
import { exportRoutes } from './export/routes.ts';
import { federationRoutes } from './federation/routes.ts';
import { cleanup } from './jobs.ts';
import { keyRotation } from './keys/jobs.ts';
import { keyRoutes } from './keys/routes.ts';
import { createSigningKeys } from './keys/service.ts';
import { merchantRoutes } from './merchants/routes.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { createPasswordHasher } from './passwords/hasher.ts';
import { passwordRoutes } from './passwords/routes.ts';
import { createMayView } from './profile/relations.ts';
import { profileRoutes } from './profile/routes.ts';
import { avatarRoutes } from './profile/routes-avatar.ts';
import { retention } from './retention.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { signInRoutes } from './signin/routes.ts';
import { signupRoutes } from './signup/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { transferRoutes } from './transfer/routes.ts';
import { secondFactorRoutes } from './two-factor/routes.ts';

/** The auth service: accounts, sign-up, sessions, tokens and their keys. */
export const authService: Service = {
  contract: authContract,
  migrations: { schema: 'auth', folder: fileURLToPath(new URL('../migrations', import.meta.url)) },
  build(app, platform, transports) {
    const { database, config, outbox, secrets, signals, storage, jobs, serviceTokens, now, log } = platform;
    const { db } = database;
    const keys = createSigningKeys({ db, secrets, now }, signals);
    const hasher = createPasswordHasher();
    const deps: AuthDeps = { db, config, outbox, secrets, keys, now, hasher, storage };
    signupRoutes(app, deps);
    sessionRoutes(app, deps);
    accountRoutes(app, deps);
    const mayView = createMayView(transports, serviceTokens);
    profileRoutes(app, deps, mayView);
    avatarRoutes(app, deps, mayView);
    merchantRoutes(app, deps);
    adminRoutes(app, deps);
    adminGrantRoutes(app, deps);
    auditRoutes(app, deps);
    deletionRoutes(app, deps);
    exportRoutes(app, deps);
    transferRoutes(app, deps);
    keyRoutes(app, deps);
    federationRoutes(app, deps);
    passkeyRoutes(app, deps);
    tokenRoutes(app, deps);
    securityEventRoutes(app, deps);
    signInRoutes(app, deps);
    passwordRoutes(app, deps);
    addressChangeRoutes(app, deps);
    secondFactorRoutes(app, deps);
    deviceRoutes(app, deps);
    return together(
      cleanup(deps, log),
      keyRotation(deps, log),
      retention(deps, log),
      auditListener(platform),
      exportWorker(deps, jobs, { transports, serviceTokens }),
    );
  },
};
