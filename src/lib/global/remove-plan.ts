import type { RegionTable } from '../aws/region-table.js';
import { DdbxError, usageError } from '../model/error.js';
import type { Member } from './global-table.js';
import { valueOf } from './looked.js';

/** The way to a table without some of its Regions. */
export interface RemovePlan {
  readonly tableName: string;
  /** The member Region that the requests go to; it stays. */
  readonly sender: string;
  readonly consistency: 'eventual' | 'strong';
  /** In the order in which they are tried: the youngest first, since a Region is locked by those that were filled from it (FACTS D.4). */
  readonly regions: readonly string[];
  /** What is deleted with each. */
  readonly losses: readonly {
    readonly region: string;
    readonly items: number | undefined;
    readonly sizeBytes: number | undefined;
  }[];
  /** Only of a strongly consistent group. */
  readonly witness: string | undefined;
  /** Named, but no replica is there. */
  readonly absent: readonly string[];
  /** Being deleted already: only waited for. */
  readonly leaving: readonly string[];
}

/**
 * Decides, without asking AWS, what is removed and in which order.
 * @param wanted the Regions to remove; undefined for all but the one that is asked
 * @throws DdbxError `usage` when no Region would stay; `deletion-protected`; `strong-goes-whole`
 */
export function planRemove(
  home: RegionTable,
  members: readonly Member[],
  wanted: readonly string[] | undefined,
): RemovePlan {
  const { tableName } = home;
  const all = members.map(member => member.region);
  const witness = home.witnesses[0]?.region;
  const named = wanted ?? all.filter(region => region !== home.region);
  const regions = named.filter(region => all.includes(region));
  const sender = regions.includes(home.region) ? all.find(region => !regions.includes(region)) : home.region;
  if (sender === undefined) {
    throw usageError(
      `One Region of ${tableName} must stay.`,
      `The last one is no replica any more; it is deleted by: aws dynamodb delete-table --table-name ${tableName} --region ${home.region}`,
    );
  }
  if (home.isStronglyConsistent) refusePart(home, named, wanted);
  refuseProtected(tableName, members, regions);
  const statusOf = (region: string) => home.replicas.find(replica => replica.region === region)?.status;
  return {
    tableName,
    sender,
    consistency: home.isStronglyConsistent ? 'strong' : 'eventual',
    regions: [...regions]
      .filter(region => statusOf(region) !== 'DELETING')
      .sort((a, b) => ageOf(b, members) - ageOf(a, members)),
    losses: regions.map(region => {
      const table = valueOf(
        members.find(member => member.region === region)?.table ?? { known: false, error: undefined },
      );
      return { region, items: table?.itemCount, sizeBytes: table?.sizeBytes };
    }),
    witness: home.isStronglyConsistent ? witness : undefined,
    absent: named.filter(region => !all.includes(region) && region !== witness),
    leaving: regions.filter(region => statusOf(region) === 'DELETING'),
  };
}

/** When the Region joined; one that is not known goes first. */
function ageOf(region: string, members: readonly Member[]): number {
  const table = members.find(member => member.region === region)?.table;
  return (table?.known === true ? table.value.createdAtMs : undefined) ?? Number.POSITIVE_INFINITY;
}

/** Nothing of a strongly consistent group goes by itself (FACTS D.6). */
function refusePart(home: RegionTable, named: readonly string[], wanted: readonly string[] | undefined): void {
  const others = [...home.replicas, ...home.witnesses].map(each => each.region);
  const isWhole =
    wanted === undefined ||
    others.every(region => named.includes(region)) ||
    !others.some(region => named.includes(region));
  if (isWhole && !named.includes(home.region)) return;
  throw new DdbxError({
    code: 'strong-goes-whole',
    message: `${home.tableName} is strongly consistent: its other Regions (${others.join(', ')}) go in one call, or not at all, and the Region that is asked stays.`,
    hint: `ddbx global remove-replica ${home.tableName} --all --region <the Region to keep>`,
  });
}

function refuseProtected(tableName: string, members: readonly Member[], regions: readonly string[]): void {
  const region = regions.find(
    each => valueOf(members.find(member => member.region === each)?.table ?? UNKNOWN)?.isDeletionProtected === true,
  );
  if (region === undefined) return;
  throw new DdbxError({
    code: 'deletion-protected',
    message: `${tableName} in ${region} is protected against deletion.`,
    hint: `If it is to go: aws dynamodb update-table --table-name ${tableName} --region ${region} --no-deletion-protection-enabled`,
  });
}

const UNKNOWN = { known: false, error: undefined } as const;
