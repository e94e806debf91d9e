/** `::ffff:192.0.2.1`, an IPv4 address as sockets that speak both show it (RFC 4291, section 2.5.5.2). */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An address in the form it has everywhere: IPv4 as such, even where the socket says it in IPv6. */
export function plainAddress(ip: string): string {
  return ip.includes(':') ? (MAPPED.exec(ip)?.[1] ?? ip) : ip;
}

/**
 * The part of an address that one person controls: an IPv4 address, or the /64 of an IPv6 one, because a single
 * subscriber is handed a whole /64.
 */
export function networkOf(ip: string): string {
  const plain = plainAddress(ip);
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - front.length - back.length)).fill('0');
  const groups = [...front, ...zeros, ...back].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
