/** Builds the web app if its sources changed since the last build. */
export function ensureWebBuilt(): Promise<void>;
