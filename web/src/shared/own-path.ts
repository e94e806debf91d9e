/** Only paths of this site may follow a sign-in, never another origin, however it is written. */
export function isOwnPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value);
}
