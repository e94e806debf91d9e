import { readFile } from 'node:fs/promises';
import { type Config, ConfigError } from '@spacedly/kit';
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { z } from 'zod';
import { ownPrefixOf } from './match.ts';
import { configFile, type ForeignRoute, foreignRoute } from './schema.ts';

type Settings = Pick<Config, 'CONFIG_FILE' | 'GATEWAY_ROUTES'>;
type Path = readonly PropertyKey[];

/** Says where in a text something is. */
interface Source {
  name: string;
  text: string;
  tree: Node | undefined;
}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** `spacedly.config.json:12: gateway.routes.0.path`: the line of the place, or of the nearest that is there. */
function placeOf({ name, text, tree }: Source, path: Path): string {
  const shown = path.map(String).join('.');
  for (let length = path.length; tree !== undefined; length -= 1) {
    const node = findNodeAtLocation(
      tree,
      path.slice(0, length).map((part) => part as string | number),
    );
    if (node !== undefined) return `${name}:${lineOf(text, node.offset)}: ${shown}`;
  }
  return `${name}: ${shown}`;
}

/** Every refusal of a union or a record, at its own place. */
function flatten(issues: readonly z.core.$ZodIssue[], base: Path = []): { path: Path; message: string }[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known setting' }));
    if (issue.code === 'invalid_key') return flatten(issue.issues, path);
    const [closest] =
      issue.code === 'invalid_union' ? [...issue.errors].sort((a, b) => b.length - a.length) : [];
    if (closest?.some(({ path: inner }) => inner.length > 0)) return flatten(closest, path);
    return [{ path, message: issue.message }];
  });
}

function check<T>(source: Source, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    flatten(parsed.error.issues).map(({ path, message }) => `${placeOf(source, path)}: ${message}`),
  );
}

/** @throws ConfigError with the line of everything that is no JSON; comments are allowed */
function open(name: string, text: string): { source: Source; value: unknown } {
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (errors.length > 0) {
    const told = errors.slice(0, 3).map(({ error, offset }) => {
      const what = printParseErrorCode(error)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase();
      return `${name}:${lineOf(text, offset)}: is no JSON here (${what})`;
    });
    throw new ConfigError(told);
  }
  return { source: { name, text, tree: parseTree(text) }, value };
}

/** What no single route can see: two of the same, and what our own addresses would hide. */
function checkTogether(source: Source, base: Path, routes: readonly ForeignRoute[]): void {
  const issues: string[] = [];
  const tell = (index: number, field: string, message: string) =>
    issues.push(`${placeOf(source, [...base, index, field])}: ${message}`);
  const seen = new Map<string, string>();
  for (const [index, { name, host, path }] of routes.entries()) {
    for (const [key, field] of [
      [`name ${name}`, 'name'],
      [`for ${host ?? ''} ${path}`, 'path'],
    ] as const) {
      const other = seen.get(key);
      if (other !== undefined) tell(index, field, `is the same as that of ${other}`);
      seen.set(key, name);
    }
    const own = host === undefined ? ownPrefixOf(path) : undefined;
    if (own !== undefined)
      tell(index, 'path', `${own} is an address of Spacedly itself; add a host to have it on that`);
  }
  if (issues.length > 0) throw new ConfigError(issues);
}

async function readText(file: string, isNeeded: boolean): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isNeeded) return null;
    throw new ConfigError([`${file}: cannot be read (${code})`]);
  }
}

const DEFAULT_FILE = 'spacedly.config.json';

/**
 * The routes to foreign servers: those of the environment, else those of the configuration file, else none.
 * @throws ConfigError naming the line and the reason of everything that is wrong
 */
export async function readForeignRoutes({ CONFIG_FILE, GATEWAY_ROUTES }: Settings): Promise<ForeignRoute[]> {
  if (GATEWAY_ROUTES !== undefined) {
    const { source, value } = open('GATEWAY_ROUTES', GATEWAY_ROUTES);
    const routes = check(source, z.array(foreignRoute).max(1_000), value);
    checkTogether(source, [], routes);
    return routes;
  }
  const file = CONFIG_FILE ?? DEFAULT_FILE;
  const text = await readText(file, CONFIG_FILE !== undefined);
  if (text === null) return [];
  const { source, value } = open(file, text);
  const { routes } = check(source, configFile, value).gateway;
  checkTogether(source, ['gateway', 'routes'], routes);
  return routes;
}
