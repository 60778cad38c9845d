import pLimit from 'p-limit';
import type { AttributeMap } from '../model/attribute-value.js';
import { digestOf, digestText } from './item-digest.js';
import type { KeyDifference, VerifyOptions } from './verify.js';

const KEYS_AT_ONCE = 8;
/** Looked at so often, with a pause before each but the first; a key that changes at every look is left undecided. */
const MOST_LOOKS = 4;

/** A key whose items changed at every look. */
export interface KeyChanging {
  readonly type: 'changing';
  readonly key: AttributeMap;
}

/**
 * Looks at keys one by one, strongly consistent in each Region. A key differs when two looks with a pause between them
 * saw the same difference; what became equal was in flight, and is not mentioned.
 */
export async function* confirmDifferences(
  keys: readonly AttributeMap[],
  {
    aws,
    home,
    state,
    settleMs,
    clock,
    signal,
  }: Pick<VerifyOptions, 'aws' | 'home' | 'state' | 'settleMs' | 'clock' | 'signal'>,
): AsyncGenerator<KeyDifference | KeyChanging, void, void> {
  const regions = state.regions.map(({ region }) => region);
  const gateways = await Promise.all(regions.map(region => aws.items(region)));
  const atOnce = pLimit(KEYS_AT_ONCE);
  const lookAt = async (key: AttributeMap): Promise<readonly (string | null)[]> =>
    Promise.all(
      gateways.map(async gateway => {
        const item = await gateway.get(home.tableName, key, signal);
        return item === undefined ? null : digestText(digestOf(item));
      }),
    );

  let open: readonly { readonly key: AttributeMap; readonly seen: string }[] = keys.map(key => ({ key, seen: '' }));
  for (let looks = 1; open.length > 0; looks += 1) {
    if (looks > 1) await clock.sleep(settleMs, signal);
    const looked = await Promise.all(
      open.map(({ key, seen }) => atOnce(async () => ({ key, seen, digests: await lookAt(key) }))),
    );
    const next: { readonly key: AttributeMap; readonly seen: string }[] = [];
    for (const { key, seen, digests } of looked) {
      if (digests.every(digest => digest === digests[0])) continue;
      const now = digests.join();
      if (now === seen) {
        yield {
          type: 'difference',
          key,
          items: regions.map((region, index) => ({ region, digest: digests[index] ?? null })),
        };
      } else if (looks >= MOST_LOOKS) yield { type: 'changing', key };
      else next.push({ key, seen: now });
    }
    open = next;
  }
}
