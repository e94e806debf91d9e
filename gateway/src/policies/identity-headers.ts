import type { FastifyInstance } from 'fastify';

/** Headers that say who somebody is, in any spelling: some servers read `X_User_Id` as `X-User-ID`. */
const IDENTITY = /^x[-_](user|spacedly)([-_]|$)/i;

/** Names of the headers among these that only our own gateway may send. */
export function identityHeaders(headers: object): string[] {
  return Object.keys(headers).filter((name) => IDENTITY.test(name));
}

/** Drops what a client says about who it is; services hear that from us alone. */
export function dropIdentityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    for (const name of identityHeaders(request.raw.headers)) delete request.raw.headers[name];
    done();
  });
}
