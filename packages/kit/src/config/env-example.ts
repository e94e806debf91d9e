import { configSchema } from './schema.ts';

/** The text of `.env.example`, made from the schema; a test keeps the file true. */
export function envExample(): string {
  const lines = [
    '# Settings of Spacedly. Copy to .env and change what you need; every one is optional.',
    '# Made from packages/kit/src/config/schema.ts by `npm run spacedly -- env-example`.',
  ];
  const defaults = configSchema.parse({}) as Record<string, unknown>;
  for (const [name, field] of Object.entries(configSchema.shape)) {
    const meta = field.meta() as { description?: string; example?: unknown } | undefined;
    lines.push('', `# ${meta?.description ?? ''}`, `#${name}=${defaults[name] ?? meta?.example ?? ''}`);
  }
  return `${lines.join('\n')}\n`;
}
