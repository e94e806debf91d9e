import { type ResolveFnOutput, registerHooks } from 'node:module';

/** A package, or a door of one; neither a file nor a module of Node's own. */
const BARE = /^[@a-z][^:]*$/;

/**
 * Remembers what the packages that our own code imports resolve to. Node parses the `exports` of a package anew for each
 * file that imports it; those of drizzle-orm are 130 KB of JSON, and a hundred files import it: a third of a start.
 */
export function resolveOnce(): void {
  const known = new Map<string, ResolveFnOutput>();
  registerHooks({
    resolve(specifier, context, next) {
      const importer = context.parentURL ?? '';
      if (!BARE.test(specifier) || importer.includes('/node_modules/')) return next(specifier, context);
      // Which copy it is depends on the package the importer belongs to, and on nothing else within `src`.
      const key = `${importer.split('/src/', 1)[0]} ${specifier}`;
      const resolved = known.get(key) ?? { ...next(specifier, context), shortCircuit: true };
      known.set(key, resolved);
      return resolved;
    },
  });
}
