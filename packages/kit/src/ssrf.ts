import dns from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Guard against server-side request forgery (OWASP SSRF): addresses that people give us must lead to the public
 * internet, not to this machine, its network or the metadata service of a cloud.
 */
export interface OutboundGuard {
  /** @returns why the address may not be called, or null. Looks at its text alone; names are judged when resolved. */
  refusalOf(address: string): string | null;
  /** For `http.Agent`: judges what a name resolves to at the moment of connecting, so that rebinding gains nothing. */
  lookup: LookupFunction;
}

/** What is not public: IANA special-purpose registries (RFC 6890), multicast, and IPv6 ways of writing IPv4. */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv4');
}
/** Of IPv6 only 2000::/3 is given out; within it these are not public. */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(ip: string): boolean {
  const family = isIP(ip);
  if (family === 4) return !NOT_PUBLIC.check(ip, 'ipv4');
  return family === 6 && GLOBAL_V6.check(ip, 'ipv6') && !NOT_PUBLIC.check(ip, 'ipv6');
}

const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, '');

/** @param allowed hosts of one's own network that may be called all the same */
export function createOutboundGuard(allowed: readonly string[] = []): OutboundGuard {
  const exceptions = new Set(allowed.map((host) => host.toLowerCase()));
  const isAllowed = (host: string) => exceptions.has(host.toLowerCase());

  const lookup: LookupFunction = (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const usable = isAllowed(hostname)
        ? addresses
        : addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) {
        const refusal = new Error(`${hostname} leads into a private network`);
        return callback(Object.assign(refusal, { code: 'EPRIVATE' }), '', 0);
      }
      // Node asks for all of them where it tries several families, else for one.
      if (options.all) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };

  return {
    refusalOf(address) {
      const url = URL.parse(address);
      if (url === null || url.protocol !== 'https:') return 'Must be an https address';
      if (url.username !== '' || url.password !== '') return 'Must not hold a user name or password';
      const host = withoutBrackets(url.hostname);
      if (isAllowed(host)) return null;
      if (isIP(host) !== 0) return isPublicAddress(host) ? null : 'Must not lead into a private network';
      if (
        /(^|\.)(localhost|local|internal|lan|home|corp|localdomain)\.?$/i.test(host) ||
        !host.includes('.')
      ) {
        return 'Must not lead into a private network';
      }
      return null;
    },
    lookup,
  };
}
