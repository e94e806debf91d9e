import type { Config } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // The components of the web app place themselves with style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

const PERMISSIONS_POLICY = ['camera', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Those of them that are about pages of ours; others know better what theirs need. */
export const PAGE_HEADERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'permissions-policy',
  'x-frame-options',
] as const;

/**
 * The headers of every answer, for browsers (OWASP Secure Headers). A table rather than a plugin: they are the same
 * for all answers, so nothing has to be worked out for each.
 */
export function securityHeaders(config: Pick<Config, 'isProduction' | 'PUBLIC_URL'>): Record<string, string> {
  const isSecure = config.isProduction && config.PUBLIC_URL.startsWith('https://');
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': PERMISSIONS_POLICY,
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
}

/** Puts them on every answer, refusals too; a route may still set its own. */
export function addSecurityHeaders(app: FastifyInstance, config: Config): void {
  Object.assign(app.baseHeaders, securityHeaders(config));
}
