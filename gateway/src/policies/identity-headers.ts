import type { FastifyInstance } from 'fastify';

/** Headers that say who somebody is, in any spelling: some servers read `X_User_Id` as `X-User-ID`. */
const IDENTITY = /^x[-_](user|spacedly)([-_]|$)/i;

/** Whether only our own gateway may send a header of this name. */
export function isIdentityHeader(name: string): boolean {
  return (name[0] === 'x' || name[0] === 'X') && IDENTITY.test(name);
}

/** Drops what a client says about who it is; services hear that from us alone. */
export function dropIdentityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw: { headers } }, _reply, done) => {
    for (const name in headers) if (isIdentityHeader(name)) delete headers[name];
    done();
  });
}
