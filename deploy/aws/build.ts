import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serviceNames } from '@spacedly/cli';
import { build, type Plugin } from 'esbuild';
import { ensureWebBuilt } from '../../scripts/lib/web.mjs';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
/** Packages that npm installed bring no TypeScript to run. */
const OURS = /\/(packages|services|gateway|cli)\/.*\.ts$/;
const FUNCTIONS = ['api', 'authorizer', 'worker', 'migrate'];
/** With code of the processor in them, or read from their folder: they are installed beside the bundle. */
const NATIVE = ['sharp', '@node-rs/argon2', '@node-rs/bcrypt'];

/** Modules look for their files (migrations, the web app) from where they lie; in one bundle they all lie elsewhere. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: OURS }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = `new URL(${JSON.stringify(relative(ROOT, path))}, import.meta.url)`;
      const contents = text
        .replaceAll('import.meta.url', `${place}.href`)
        .replaceAll(
          'import.meta.dirname',
          `(await import('node:url')).fileURLToPath(new URL('.', ${place}))`,
        );
      return { contents, loader: 'ts' };
    });
  },
};

async function bundle(outdir: string): Promise<void> {
  await build({
    entryPoints: FUNCTIONS.map((name) => join(HERE, `src/${name}.ts`)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Some packages in CommonJS ask for their parts in a way that no bundler sees; their other form imports them.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    legalComments: 'none',
    external: [...NATIVE, 'pino-pretty'],
    plugins: [keepPlaces],
    // Packages in CommonJS ask for what only such modules have.
    banner: {
      js: [
        `import { createRequire as __createRequire } from 'node:module';`,
        `import { fileURLToPath as __fileURLToPath } from 'node:url';`,
        'const require = __createRequire(import.meta.url);',
        'const __filename = __fileURLToPath(import.meta.url);',
        `const __dirname = __fileURLToPath(new URL('.', import.meta.url));`,
      ].join('\n'),
    },
    logLevel: 'warning',
  });
}

/** What modules read when they run, at the places where they look for it. */
async function copyFiles(outdir: string): Promise<void> {
  await ensureWebBuilt();
  for (const service of serviceNames)
    await cp(join(ROOT, `services/${service}/migrations`), join(outdir, `services/${service}/migrations`), {
      recursive: true,
    });
  await cp(join(ROOT, 'web/dist'), join(outdir, 'web/dist'), { recursive: true });
  const require = createRequire(join(ROOT, 'gateway/src/docs/routes.ts'));
  const pages = dirname(require.resolve('@fastify/swagger-ui/package.json'));
  const target = join(outdir, 'node_modules/@fastify/swagger-ui');
  for (const file of ['package.json', 'static/swagger-ui.css', 'static/swagger-ui-bundle.js'])
    await cp(join(pages, file), join(target, file));
}

async function installNative(outdir: string, cpu: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const dependencies = Object.fromEntries(
    NATIVE.map((name) => [name, lock.packages[`node_modules/${name}`].version]),
  );
  await writeFile(
    join(outdir, 'package.json'),
    JSON.stringify({ type: 'module', private: true, dependencies }),
  );
  const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  execFileSync('npm', ['install', ...options, '--os=linux', `--cpu=${cpu}`, '--libc=glibc'], {
    cwd: outdir,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/**
 * Makes the folder that Lambda gets: the bundle, what it reads, and packages with native code for its processor.
 * @param cpu `arm64` or `x64`, as `architecture` in serverless.yml says
 */
export async function buildFunctions(outdir: string, cpu: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await installNative(outdir, cpu);
  await bundle(outdir);
  await copyFiles(outdir);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      cpu: { type: 'string', default: 'arm64' },
      out: { type: 'string', default: join(HERE, 'build') },
    },
  });
  await buildFunctions(values.out, values.cpu);
}
