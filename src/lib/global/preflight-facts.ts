import type { Aws } from '../aws/connection.js';
import type { EncryptionKey } from '../aws/keys-gateway.js';
import type { RegionTable } from '../aws/region-table.js';
import type { NewReplica } from '../aws/replicas-gateway.js';
import type { ScalableTarget } from '../aws/scaling-gateway.js';
import type { TableLimits } from '../aws/settings-gateway.js';
import { isAwsError } from '../aws/aws-error.js';
import type { PriceIn } from './known-price.js';
import { inRegions } from './global-table.js';
import { type Looked, look } from './looked.js';

/** What is to be made of a table. */
export interface AddRequest {
  readonly home: RegionTable;
  readonly replicas: readonly NewReplica[];
  readonly consistency: 'eventual' | 'strong';
  /** The Region of the witness; only of a strongly consistent group. */
  readonly witness: string | undefined;
}

/** What is known of a Region that is to hold a replica. */
export interface TargetFacts {
  readonly replica: NewReplica;
  /** The table of the same name there; null where the name is free. */
  readonly existing: Looked<RegionTable | null>;
  readonly limits: Looked<TableLimits>;
  /** The key that was given for this Region; undefined when none was. */
  readonly key: Looked<EncryptionKey> | undefined;
}

/** All that the checks judge by; gathered first, so that the checks themselves ask nothing. */
export interface PreflightFacts extends AddRequest {
  readonly targets: readonly TargetFacts[];
  readonly homeLimits: Looked<TableLimits>;
  /** Undefined for a table that is billed on demand. */
  readonly scaling: Looked<readonly ScalableTarget[]> | undefined;
  /** The key that the table is encrypted with; undefined when AWS owns it. */
  readonly homeKey: Looked<EncryptionKey> | undefined;
  /** For a strongly consistent group alone, which begins empty and without time to live. */
  readonly holdsItems: Looked<boolean> | undefined;
  readonly timeToLive: Looked<string | null> | undefined;
  /** For a GB of restored data: a new replica is charged like a restore there (FACTS D.9). */
  readonly restorePrice: PriceIn;
}

/** What gathering needs. */
export interface GatherOptions {
  readonly aws: Pick<Aws, 'replicas' | 'settings' | 'scaling' | 'keys' | 'items'>;
  readonly signal: AbortSignal;
  readonly restorePrice: PriceIn;
}

/** Asks the table's Region and every target, side by side. */
export async function gatherFacts(request: AddRequest, options: GatherOptions): Promise<PreflightFacts> {
  const { home, replicas, consistency } = request;
  const { aws, signal } = options;
  const { tableName, region } = home;
  const kmsKeyArn = home.encryption?.kmsKeyArn;
  const isStrong = consistency === 'strong';
  const [settings, targets, scaling, homeKey, holdsItems] = await Promise.all([
    aws.settings(region),
    inRegions(
      replicas.map(replica => replica.region),
      target => targetFacts(target, request, options),
    ),
    home.capacity === undefined
      ? undefined
      : look(
          aws.scaling(region).then(gateway =>
            gateway.targetsOf(
              tableName,
              home.indexes.map(index => index.name),
              signal,
            ),
          ),
        ),
    kmsKeyArn === undefined
      ? undefined
      : look(aws.keys(region).then(gateway => gateway.describeKey(kmsKeyArn, signal))),
    // The count of DescribeTable is hours old; one item is proof.
    isStrong ? look(firstItem(aws, home, signal)) : undefined,
  ]);
  return {
    ...request,
    targets,
    restorePrice: options.restorePrice,
    scaling,
    homeKey,
    holdsItems,
    homeLimits: await look(settings.limits(signal)),
    timeToLive: isStrong
      ? await look(settings.timeToLiveAttribute(tableName, signal).then(attribute => attribute ?? null))
      : undefined,
  };
}

async function firstItem(aws: GatherOptions['aws'], home: RegionTable, signal: AbortSignal): Promise<boolean> {
  const gateway = await aws.items(home.region);
  const page = await gateway.scan(home.tableName, { segment: 0, segments: 1, limit: 1 }, signal);
  return page.items.length > 0;
}

async function targetFacts(
  region: string,
  { home, replicas }: AddRequest,
  { aws, signal }: GatherOptions,
): Promise<TargetFacts> {
  const replica = replicas.find(each => each.region === region) ?? { region };
  const { kmsKey } = replica;
  const existing = async (): Promise<RegionTable | null> => {
    try {
      return await (await aws.replicas(region)).describe(home.tableName, signal);
    } catch (error) {
      if (isAwsError(error, 'not-found')) return null;
      throw error;
    }
  };
  const [found, limits, key] = await Promise.all([
    look(existing()),
    look(aws.settings(region).then(gateway => gateway.limits(signal))),
    kmsKey === undefined ? undefined : look(aws.keys(region).then(gateway => gateway.describeKey(kmsKey, signal))),
  ]);
  return { replica, existing: found, limits, key };
}
