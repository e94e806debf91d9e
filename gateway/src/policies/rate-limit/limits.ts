import type { Config, LimitName } from '@spacedly/kit';
import { type Limit, parseLimit } from './rules.ts';

type Settings = Pick<
  Config,
  | 'RATE_LIMIT_AUTH'
  | 'RATE_LIMIT_CODE'
  | 'RATE_LIMIT_DEFAULT'
  | 'RATE_LIMIT_FAIL_CLOSED'
  | 'RATE_LIMIT_RESET'
  | 'RATE_LIMIT_UPLOAD'
>;

/** The limits of an installation by their names; null for those that are off. */
export function namedLimits(config: Settings): Record<LimitName, Limit | null> {
  const define = (name: LimitName, text: string, counts: Limit['counts'] = 'requests'): Limit | null => {
    const size = parseLimit(text);
    const onOutage = config.RATE_LIMIT_FAIL_CLOSED.includes(name) ? 'closed' : 'open';
    return size && { name, ...size, counts, onOutage };
  };
  return {
    default: define('default', config.RATE_LIMIT_DEFAULT),
    auth: define('auth', config.RATE_LIMIT_AUTH, 'failures'),
    code: define('code', config.RATE_LIMIT_CODE, 'failures'),
    reset: define('reset', config.RATE_LIMIT_RESET),
    upload: define('upload', config.RATE_LIMIT_UPLOAD),
  };
}
