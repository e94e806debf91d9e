import type { Redis } from '@spacedly/kit';
import { type Limit, levelAt } from './rules.ts';
import type { BucketStore, Taken } from './store.ts';

/**
 * Takes a token of each bucket, or none of any. The same arithmetic as `takeToken`, in whole microseconds of the
 * server's clock: the clocks of the instances do not matter. A bucket that is full again has expired.
 * KEYS: buckets. ARGV: interval between tokens and window of each. Answers 1 or 0, then each bucket's time to full.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local allowed = 1
local fulls, nexts = {}, {}
for i, key in ipairs(KEYS) do
  fulls[i] = math.max(tonumber(redis.call('GET', key) or now), now)
  nexts[i] = fulls[i] + tonumber(ARGV[2 * i - 1])
  if nexts[i] - now > tonumber(ARGV[2 * i]) then allowed = 0 end
end
local answer = { allowed }
for i, key in ipairs(KEYS) do
  if allowed == 1 then
    fulls[i] = nexts[i]
    redis.call('SET', key, string.format('%.0f', nexts[i]), 'PX', math.ceil((nexts[i] - now) / 1000))
  end
  answer[i + 1] = fulls[i] - now
end
return answer`;

/** KEYS: a bucket. ARGV: interval between its tokens. */
const GIVE_BACK = `
local full = tonumber(redis.call('GET', KEYS[1]) or 0)
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local next = full - tonumber(ARGV[1])
if next <= now then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return 1`;

interface BucketCommands {
  takeTokens(keyCount: number, ...args: (string | number)[]): Promise<number[]>;
  giveTokenBack(keyCount: number, ...args: (string | number)[]): Promise<number>;
}

const intervalMicros = ({ capacity, windowMs }: Limit) => Math.floor((windowMs * 1_000) / capacity);

/**
 * Buckets that all instances share: one round trip for all limits of a request. The scripts are called by their hash
 * and sent again when the server does not know them (any more).
 * @param prefix what the keys begin with
 */
export function createRedisStore(redis: Redis, prefix: string): BucketStore {
  redis.defineCommand('takeTokens', { lua: TAKE });
  redis.defineCommand('giveTokenBack', { lua: GIVE_BACK });
  const commands = redis as unknown as BucketCommands;
  // The braces keep all buckets of a client on one node of a cluster, as a script needs them to be.
  const keyOf = ({ name }: Limit, client: string) => `${prefix}limit:{${client}}:${name}`;

  return {
    async take(limits, client): Promise<Taken> {
      const keys = limits.map((limit) => keyOf(limit, client));
      const sizes = limits.flatMap((limit) => [intervalMicros(limit), limit.windowMs * 1_000]);
      const [allowed, ...fullIn] = await commands.takeTokens(keys.length, ...keys, ...sizes);
      const levels = limits.map((limit, index) => levelAt((fullIn[index] as number) / 1_000, 0, limit));
      return { isAllowed: allowed === 1, levels };
    },
    async giveBack(limit, client) {
      await commands.giveTokenBack(1, keyOf(limit, client), intervalMicros(limit));
    },
  };
}
