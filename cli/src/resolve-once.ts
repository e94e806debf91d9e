import { type ResolveFnOutput, registerHooks } from 'node:module';

/** A package, or a door of one; neither a file nor a module of Node's own. */
const BARE = /^[@a-z][^:]*$/;

/** Where drizzle-orm's own files import each other: modules with their extension, all of one package. */
const WITHIN_DRIZZLE = '/node_modules/drizzle-orm/';
const SIBLING = /^\.{1,2}\/.*\.js$/;

/**
 * Spares Node the `exports` of packages: it parses them anew for each file that imports a package, and for each file of
 * one when it asks what kind of module that is. Those of drizzle-orm are 130 KB of JSON; a hundred files of ours import it,
 * and it has hundreds itself: a third of a start.
 */
export function resolveOnce(): void {
  const known = new Map<string, ResolveFnOutput>();
  registerHooks({
    resolve(specifier, context, next) {
      const importer = context.parentURL ?? '';
      if (importer.includes(WITHIN_DRIZZLE) && SIBLING.test(specifier))
        return { url: new URL(specifier, importer).href, format: 'module', shortCircuit: true };
      if (!BARE.test(specifier) || importer.includes('/node_modules/')) return next(specifier, context);
      // Which copy it is depends on the package the importer belongs to, and on nothing else within `src`.
      const key = `${importer.split('/src/', 1)[0]} ${specifier}`;
      const resolved = known.get(key) ?? { ...next(specifier, context), shortCircuit: true };
      known.set(key, resolved);
      return resolved;
    },
  });
}
