import { equalInConstantTime, type Secrets } from '../secrets.ts';

const LIFE_SECONDS = 120;

/**
 * Proof that a call comes from another process of this installation: an expiry and its HMAC under a key derived
 * from SPACEDLY_SECRET. Sent as `Authorization: Service …` on internal calls and as `x-spacedly-gateway` by the
 * gateway, whose word on the client's address is only taken with it.
 */
export interface ServiceTokens {
  issue(): string;
  verify(token: string | undefined): boolean;
}

/** @param now milliseconds since the epoch */
export function createServiceTokens(secrets: Secrets, now: () => number): ServiceTokens {
  let issued = { token: '', until: 0 };
  let lastGood = { token: '', until: 0 };
  const mac = (until: number) => secrets.hmac(`service:${until}`);
  return {
    issue() {
      const seconds = Math.floor(now() / 1000);
      // Renewed at half life, so that a token on its way is never about to expire.
      if (issued.until - seconds < LIFE_SECONDS / 2) {
        const until = seconds + LIFE_SECONDS;
        issued = { token: `${until}.${mac(until)}`, until };
      }
      return issued.token;
    },
    verify(token) {
      if (token === undefined) return false;
      const seconds = Math.floor(now() / 1000);
      if (token === lastGood.token) return lastGood.until >= seconds;
      const [expiry = '', signature = ''] = token.split('.', 2);
      const until = Number(expiry);
      if (!/^\d{10}$/.test(expiry) || until < seconds || !equalInConstantTime(signature, mac(until)))
        return false;
      lastGood = { token, until };
      return true;
    },
  };
}
