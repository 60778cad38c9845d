import type { Aws } from '../aws/connection.js';
import type { OtherReplica, RegionTable, Witness } from '../aws/region-table.js';
import type { PointInTimeRecovery } from '../aws/settings-gateway.js';
import { describeMembers, inRegions, type Member } from './global-table.js';
import { type LagSummary, lagSummaries } from './lag.js';
import { type Looked, look, valueOf } from './looked.js';

/** How long DynamoDB keeps a replica that it cannot reach in the group (FACTS D.4); after it there is no way back. */
const MREC_PATIENCE_MS = 20 * 3_600_000;
const MRSC_PATIENCE_MS = 7 * 24 * 3_600_000;

/** A replica that DynamoDB cannot use at the moment. */
export interface Inaccessible {
  readonly sinceMs: number;
  /** Until it leaves the group for good; 0 when that time is over. */
  readonly leftMs: number;
}

/** One Region of a table. */
export interface RegionStatus {
  readonly region: string;
  /** `asked`: the Region that this call went to. */
  readonly role: 'asked' | 'replica';
  /** What this Region says; not known where it could not be asked. */
  readonly table: Looked<RegionTable>;
  /** What the others say of it; undefined for a table of one Region. */
  readonly replica: OtherReplica | undefined;
  readonly recovery: Looked<PointInTimeRecovery>;
  /** The attribute of time to live, or null where it is off. */
  readonly timeToLive: Looked<string | null>;
  /** How late changes arrive here; the slowest of the other Regions. */
  readonly lag: LagSummary | undefined;
  readonly inaccessible: Inaccessible | undefined;
}

/** A table in all its Regions. */
export interface GlobalStatus {
  readonly tableName: string;
  readonly version: string | undefined;
  readonly consistency: 'regional' | 'eventual' | 'strong';
  readonly regions: readonly RegionStatus[];
  readonly witnesses: readonly Witness[];
  /** Why the latency is not known: CloudWatch of some Region could not be asked. */
  readonly lagFailures: readonly { readonly region: string; readonly error: unknown }[];
}

/** What a look at a global table needs. */
export interface StatusOptions {
  readonly aws: Pick<Aws, 'replicas' | 'settings' | 'metrics'>;
  readonly home: RegionTable;
  /** By the clock of AWS. */
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** Reads every Region. A Region that cannot be asked is a row that says so. */
export async function globalStatus({ aws, home, nowMs, signal }: StatusOptions): Promise<GlobalStatus> {
  const members = await describeMembers(aws, home, signal);
  const isReplicated = home.replicas.length > 0 && !home.isStronglyConsistent;
  const [settings, lag] = await Promise.all([
    inRegions(
      members.map(member => member.region),
      region => settingsOf(aws, home.tableName, region, signal),
    ),
    isReplicated
      ? lagSummaries({ aws, home, nowMs, signal })
      : { byReceiver: new Map<string, LagSummary>(), failures: [] },
  ]);
  return {
    tableName: home.tableName,
    version: home.globalTableVersion,
    consistency: consistencyOf(home),
    regions: members.map((member, index): RegionStatus => {
      const { region, table } = member;
      const replica = replicaAsOthersSee(region, members);
      const sinceMs = replica?.inaccessibleSinceMs ?? valueOf(table)?.encryption?.inaccessibleSinceMs;
      return {
        region,
        role: region === home.region ? 'asked' : 'replica',
        table,
        replica,
        recovery: settings[index]?.recovery ?? { known: false, error: undefined },
        timeToLive: settings[index]?.timeToLive ?? { known: false, error: undefined },
        lag: lag.byReceiver.get(region),
        inaccessible: sinceMs === undefined ? undefined : inaccessible(sinceMs, home, nowMs),
      };
    }),
    witnesses: home.witnesses,
    lagFailures: lag.failures,
  };
}

/** Whether a table has replicas, and how they agree. */
function consistencyOf(home: RegionTable): GlobalStatus['consistency'] {
  if (home.isStronglyConsistent) return 'strong';
  return home.replicas.length > 0 ? 'eventual' : 'regional';
}

/** No Region lists itself (FACTS D.1), so the word of the first other one that knows it counts. */
function replicaAsOthersSee(region: string, members: readonly Member[]): OtherReplica | undefined {
  for (const member of members) {
    const replica = valueOf(member.table)?.replicas.find(each => each.region === region);
    if (member.region !== region && replica !== undefined) return replica;
  }
  return undefined;
}

async function settingsOf(
  aws: StatusOptions['aws'],
  tableName: string,
  region: string,
  signal: AbortSignal,
): Promise<Pick<RegionStatus, 'recovery' | 'timeToLive'>> {
  const gateway = await aws.settings(region);
  const [recovery, timeToLive] = await Promise.all([
    look(gateway.pointInTimeRecovery(tableName, signal)),
    look(gateway.timeToLiveAttribute(tableName, signal).then(attribute => attribute ?? null)),
  ]);
  return { recovery, timeToLive };
}

function inaccessible(sinceMs: number, home: RegionTable, nowMs: number): Inaccessible {
  const patienceMs = home.isStronglyConsistent ? MRSC_PATIENCE_MS : MREC_PATIENCE_MS;
  return { sinceMs, leftMs: Math.max(0, sinceMs + patienceMs - nowMs) };
}
