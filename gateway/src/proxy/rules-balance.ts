/** What the choice between upstreams depends on. */
export interface Candidate {
  /** Relative share of the requests, above 0. */
  weight: number;
  /** Requests under way. */
  pending: number;
}

/** One of `candidates`, each as likely as its weight, without the one at `except`. */
function sample(candidates: readonly Candidate[], except: number, random: () => number): number {
  let total = 0;
  for (let index = 0; index < candidates.length; index += 1) {
    if (index !== except) total += (candidates[index] as Candidate).weight;
  }
  let rest = random() * total;
  let last = -1;
  for (let index = 0; index < candidates.length; index += 1) {
    if (index === except) continue;
    last = index;
    rest -= (candidates[index] as Candidate).weight;
    if (rest < 0) return index;
  }
  return last;
}

/**
 * The less busy of two random ones (Mitzenmacher, "The Power of Two Choices"), where busy is what is pending for its
 * weight; the first of them when both are as busy, which keeps the weights.
 * @param random gives a number from 0, below 1
 * @returns null when there is none to choose from
 */
export function chooseLeastPending<T extends Candidate>(
  candidates: readonly T[],
  random: () => number,
): T | null {
  if (candidates.length < 2) return candidates[0] ?? null;
  const index = sample(candidates, -1, random);
  const first = candidates[index] as T;
  const second = candidates[sample(candidates, index, random)] as T;
  return second.pending / second.weight < first.pending / first.weight ? second : first;
}
