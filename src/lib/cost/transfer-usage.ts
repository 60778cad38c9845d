import { exact, type Exact } from '../model/exact.js';
import { shown } from './table-usage.js';
import { just, type Usage } from './usage.js';
import type { Workload } from './workload.js';

const BYTES_PER_GB = 1024 ** 3;

/** Pairs of Regions between which transfer has a price of its own, for each GB (FACTS E.1). */
const EXCEPTIONS: readonly (readonly [from: string, to: string, usdPerGb: Exact])[] = [
  ['us-east-1', 'us-east-2', exact('0.01')],
  ['us-east-2', 'us-east-1', exact('0.01')],
];

/** What replication sends from each Region to each other one; priced only where it is asked for (FACTS D.9). */
export function transferUsage({ regions, itemBytes }: Workload): readonly Usage[] {
  return regions.flatMap(({ region, writes }) =>
    regions
      .filter(other => other.region !== region && writes.gt(0))
      .map(
        (other): Usage => ({
          id: `${region}/transfer to ${other.region}`,
          region,
          dimension: 'transfer',
          title: `transfer to ${other.region}`,
          quantity: just(writes.times(itemBytes).div(BYTES_PER_GB)),
          rule: 'transfer',
          arithmetic: `${shown(writes)} writes x ${itemBytes} bytes`,
          once: false,
        }),
      ),
  );
}

/** The price of a transfer line where its pair of Regions has one of its own. */
export function pairPrice({ dimension, region, id }: Usage): Exact | undefined {
  if (dimension !== 'transfer') return undefined;
  return EXCEPTIONS.find(([from, to]) => from === region && id.endsWith(` ${to}`))?.[2];
}
