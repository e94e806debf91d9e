/** The product in one process with one more route, which does nothing: what its policies cost. Started by the bench alone. */
import { loadServices } from '@spacedly/cli';
import { gateway } from '@spacedly/gateway';
import {
  createLogger,
  exitOnFatalErrors,
  type Front,
  loadSecret,
  readConfig,
  startProcess,
  stopOnSignals,
} from '@spacedly/kit';

const front: Front = {
  ...gateway,
  async routes(app, platform, local) {
    app.get('/v1/users/nothing', { config: { auth: 'required' } }, async () => ({ ok: true }));
    await gateway.routes(app, platform, local);
  },
};

const config = readConfig();
const log = createLogger(config, 'nothing');
exitOnFatalErrors(log);
const starting = startProcess({
  config,
  log,
  databaseUrl: config.DATABASE_URL as string,
  secret: await loadSecret(config),
  name: 'nothing',
  services: await loadServices(),
  front,
});
stopOnSignals(async () => (await starting).stop(), log);
await starting;
