import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { ItemsGateway } from '../../src/lib/aws/items-gateway.js';
import { type AttributeMap, valueIdentity } from '../../src/lib/model/attribute-value.js';
import type { Clock } from '../../src/lib/model/clock.js';

/** Items of one table in several Regions, replicated after a while of the test's clock. */
export interface FakeItems {
  items(region: string): Promise<ItemsGateway>;
  /** What a Region holds, by the text of the key. */
  readonly store: ReadonlyMap<string, Map<string, AttributeMap>>;
  /** Each scanned page, as `us-east-1 3`. */
  readonly scans: readonly string[];
  /** Writes in one Region alone, as if replication had lost it. */
  putOnly(region: string, item: AttributeMap): void;
  putAll(item: AttributeMap): void;
  removeOnly(region: string, key: AttributeMap): void;
  /** Nothing leaves or reaches this Region any more. */
  cut(region: string): void;
  failNext(operation: string, kind: AwsErrorKind, count?: number): void;
  /** Called with each scanned page, before it is answered. */
  onScan: (region: string, segment: number) => void;
  onGet: (region: string) => void;
}

const PAGE = 10;

/** Makes the Regions of a table whose key is `pk`. */
export function fakeItems(
  clock: Clock,
  regions: readonly string[],
  lagMs: (from: string, to: string) => number = () => 0,
): FakeItems {
  const store = new Map(regions.map(region => [region, new Map<string, AttributeMap>()]));
  const scans: string[] = [];
  const cut = new Set<string>();
  const failures = new Map<string, AwsErrorKind[]>();
  const arrivals: {
    readonly atMs: number;
    readonly region: string;
    readonly key: string;
    readonly item: AttributeMap | undefined;
  }[] = [];
  const keyText = (item: AttributeMap): string =>
    valueIdentity({ M: item['pk'] === undefined ? {} : { pk: item['pk'] } });
  const of = (region: string): Map<string, AttributeMap> => store.get(region) ?? new Map<string, AttributeMap>();
  const settle = (): void => {
    for (const arrival of arrivals.filter(each => each.atMs <= clock.now())) {
      arrivals.splice(arrivals.indexOf(arrival), 1);
      apply(arrival.region, arrival.key, arrival.item);
    }
  };
  const apply = (region: string, key: string, item: AttributeMap | undefined): void => {
    if (item === undefined) of(region).delete(key);
    else of(region).set(key, item);
  };
  const write = (from: string, key: string, item: AttributeMap | undefined): void => {
    apply(from, key, item);
    for (const to of regions) {
      if (to === from || cut.has(from) || cut.has(to)) continue;
      arrivals.push({ atMs: clock.now() + lagMs(from, to), region: to, key, item });
    }
  };
  const enter = async (region: string, operation: string, signal?: AbortSignal): Promise<void> => {
    await Promise.resolve();
    const kind = signal?.aborted === true ? 'aborted' : failures.get(operation)?.shift();
    if (kind !== undefined) {
      const message = `made to fail: ${kind}`;
      throw new AwsError({ kind, code: `Fake-${kind}`, message, service: 'dynamodb', operation, region });
    }
    settle();
  };
  const fake: FakeItems = {
    store,
    scans,
    onScan: () => undefined,
    onGet: () => undefined,
    putOnly(region, item) {
      apply(region, keyText(item), item);
    },
    putAll(item) {
      for (const region of regions) apply(region, keyText(item), item);
    },
    removeOnly(region, key) {
      apply(region, keyText(key), undefined);
    },
    cut(region) {
      cut.add(region);
    },
    failNext(operation, kind, count = 1) {
      failures.set(
        operation,
        Array.from({ length: count }, () => kind),
      );
    },
    items: async region => ({
      region,
      async putNew(_table, item, _keyName, signal) {
        await enter(region, 'PutItem', signal);
        if (of(region).has(keyText(item))) return false;
        write(region, keyText(item), item);
        return true;
      },
      async deleteMarked(_table, key, mark, signal) {
        await enter(region, 'DeleteItem', signal);
        const marked = of(region).get(keyText(key))?.[mark.attribute];
        if (marked === undefined || !('S' in marked) || marked.S !== mark.text) return false;
        write(region, keyText(key), undefined);
        return true;
      },
      async get(_table, key, signal) {
        await enter(region, 'GetItem', signal);
        fake.onGet(region);
        return of(region).get(keyText(key));
      },
      async scan(_table, { segment, segments, after, limit = PAGE }, signal) {
        await enter(region, 'Scan', signal);
        fake.onScan(region, segment);
        scans.push(`${region} ${segment}`);
        const mine = [...of(region)]
          .filter(([key]) => segmentOf(key, segments) === segment)
          .sort(([a], [b]) => (a < b ? -1 : 1));
        const rest = after === undefined ? mine : mine.filter(([key]) => key > keyText(after));
        const page = rest.slice(0, Math.min(limit, PAGE)).map(([, item]) => item);
        const last = page.at(-1);
        const hasMore = rest.length > page.length && last !== undefined;
        return {
          items: page,
          lastKey: hasMore && last['pk'] !== undefined ? { pk: last['pk'] } : undefined,
          consumedUnits: page.length / 2,
        };
      },
    }),
  };
  return fake;
}

function segmentOf(key: string, segments: number): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % segments;
}
