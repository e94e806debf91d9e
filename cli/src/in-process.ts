import {
  buildProcess,
  type CallContext,
  createCommandLogger,
  loadSecret,
  migrateDatabase,
  openPlatform,
  readConfig,
  type Transport,
  viaInject,
} from '@spacedly/kit';
import { openInstallation } from './database.ts';
import { loadServices } from './services.ts';

/**
 * Runs a command against the services of the installation in this process, which listens nowhere: the same routes and
 * checks as for everybody, with the proof that the caller has the machine and its secret.
 */
export async function withServices<T>(
  name: string,
  run: (transport: Transport, asService: CallContext) => Promise<T>,
): Promise<T> {
  const config = readConfig();
  const log = createCommandLogger(name);
  const installation = await openInstallation(config, console.error);
  try {
    const services = await loadServices();
    const parts = services.map(({ migrations }) => migrations);
    await migrateDatabase(installation.directUrl, parts, log);
    const secret = await loadSecret(config);
    const platform = await openPlatform({ config, log, databaseUrl: installation.url, secret });
    const { app } = await buildProcess(platform, { services });
    await app.ready();
    try {
      const authorization = `Service ${platform.serviceTokens.issue()}`;
      return await run(
        viaInject(() => app),
        { authorization },
      );
    } finally {
      await app.close();
      await platform.close();
    }
  } finally {
    await installation.close();
  }
}
