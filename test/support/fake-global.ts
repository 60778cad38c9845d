import type { Aws } from '../../src/lib/aws/connection.js';
import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { ItemsGateway } from '../../src/lib/aws/items-gateway.js';
import type { EncryptionKey } from '../../src/lib/aws/keys-gateway.js';
import type { OtherReplica, RegionTable, ReplicaState, Witness } from '../../src/lib/aws/region-table.js';
import type { NewReplica, ReplicasGateway } from '../../src/lib/aws/replicas-gateway.js';
import type { ScalableTarget } from '../../src/lib/aws/scaling-gateway.js';
import type { PointInTimeRecovery, SettingsGateway, TableLimits } from '../../src/lib/aws/settings-gateway.js';
import type { Clock } from '../../src/lib/model/clock.js';
import { type FakeMetrics, fakeMetrics } from './fake-metrics.js';
import { type FakeTables, fakeTables } from './fake-tables.js';

/** How the next Create ends. */
export type CreateFate = 'active' | 'fails' | 'vanishes';

/** Settings of one Region. */
export interface FakeSettings {
  recovery: PointInTimeRecovery;
  timeToLive: string | undefined;
  tags: Record<string, string>;
  insights: string[];
  kinesis: string[];
  policy: string | undefined;
  limits: TableLimits;
}

/** A Region of the fake: its part of the table, and when each part of its story is due. */
interface FakeMember {
  table: RegionTable;
  readonly settings: FakeSettings;
  status: ReplicaState;
  percent: number | undefined;
  description: string | undefined;
  source: string | undefined;
}

/** One table in several Regions, with what AWS does and refuses (FACTS D.2 to D.6); its time is the test's clock. */
export interface FakeGlobal {
  readonly aws: Pick<Aws, 'replicas' | 'settings' | 'scaling' | 'keys' | 'items' | 'tables' | 'metrics'>;
  /** Every changing call, as `us-east-1 create eu-west-1`. */
  readonly changes: readonly string[];
  readonly tables: FakeTables;
  metrics(region: string): FakeMetrics;
  settings(region: string): FakeSettings;
  /** Changes what a Region says of its table. */
  edit(region: string, change: Partial<RegionTable>): void;
  /** Adds a replica at once. */
  join(region: string, change?: Partial<RegionTable>, status?: ReplicaState): void;
  setFate(fate: CreateFate): void;
  /** From now on every call to the Region fails so. */
  breakRegion(region: string, kind: AwsErrorKind): void;
  mend(region: string): void;
  readonly scaling: ScalableTarget[];
  readonly keys: Map<string, EncryptionKey>;
  holdsItems: boolean;
  /** Another change has the table until then. */
  busyUntilMs: number;
}

const ACCOUNT = '111122223333';
const DAY_MS = 86_400_000;
/** The entry of a new replica appears so late (FACTS D.2). */
const ENTRY_MS = 6_000;
const CREATE_MS = 60_000;
const DELETE_MS = 120_000;
/** The table is gone so long after the entry. */
const TABLE_GONE_MS = 20_000;

/** A table as its Region describes it. */
export function aRegionTable(region: string, change: Partial<RegionTable> = {}): RegionTable {
  return {
    tableName: 'Orders',
    tableArn: `arn:aws:dynamodb:${region}:${ACCOUNT}:table/Orders`,
    region,
    status: 'ACTIVE',
    createdAtMs: 0,
    key: [{ name: 'pk', type: 'S' }],
    capacity: undefined,
    maxOnDemand: { readUnits: undefined, writeUnits: undefined },
    warmThroughput: undefined,
    tableClass: 'STANDARD',
    encryption: undefined,
    streamViewType: undefined,
    latestStreamArn: undefined,
    isDeletionProtected: false,
    itemCount: 0,
    sizeBytes: 0,
    indexes: [],
    localIndexNames: [],
    replicas: [],
    witnesses: [],
    isStronglyConsistent: false,
    globalTableVersion: undefined,
    settingsReplication: undefined,
    ...change,
  };
}

const noSettings = (): FakeSettings => ({
  recovery: { enabled: false, days: undefined },
  timeToLive: undefined,
  tags: {},
  insights: [],
  kinesis: [],
  policy: undefined,
  limits: {
    accountMaxReadUnits: 80_000,
    accountMaxWriteUnits: 80_000,
    tableMaxReadUnits: 40_000,
    tableMaxWriteUnits: 40_000,
  },
});

/** Makes the table Orders in one Region. */
export function fakeGlobal(clock: Clock, homeRegion = 'us-east-1', change: Partial<RegionTable> = {}): FakeGlobal {
  const members = new Map<string, FakeMember>();
  const witnesses: Witness[] = [];
  const timeline: { readonly atMs: number; readonly happen: () => void }[] = [];
  const broken = new Map<string, AwsErrorKind>();
  const metrics = new Map<string, FakeMetrics>();
  const settings = new Map<string, FakeSettings>();
  const changes: string[] = [];
  const scaling: ScalableTarget[] = [];
  const keys = new Map<string, EncryptionKey>();
  const tables = fakeTables(clock, [], homeRegion);
  let fate: CreateFate = 'active';
  let isStrong = change.isStronglyConsistent ?? false;
  const fake = { busyUntilMs: 0, holdsItems: false };

  const failure = (region: string, operation: string, kind: AwsErrorKind, code: string, message: string) =>
    new AwsError({ kind, code, message, service: 'dynamodb', operation, region, resource: 'Orders' });
  const enter = async (region: string, operation: string, signal?: AbortSignal): Promise<void> => {
    await Promise.resolve();
    if (signal?.aborted === true) throw failure(region, operation, 'aborted', 'AbortError', 'Request aborted');
    const kind = broken.get(region);
    if (kind !== undefined) throw failure(region, operation, kind, `Fake-${kind}`, `made to fail: ${kind}`);
    for (;;) {
      const due = timeline.findIndex(({ atMs }) => atMs <= clock.now());
      if (due < 0) return;
      timeline.splice(due, 1)[0]?.happen();
    }
  };
  const later = (ms: number, happen: () => void): void => {
    timeline.push({ atMs: clock.now() + ms, happen });
  };
  const refuse = (region: string, message: string): AwsError =>
    failure(region, 'UpdateTable', 'validation', 'ValidationException', message);
  const settingsOf = (region: string): FakeSettings => {
    const known = settings.get(region) ?? noSettings();
    settings.set(region, known);
    return known;
  };
  const join = (region: string, part: Partial<RegionTable>, status: ReplicaState, source?: string): FakeMember => {
    const member: FakeMember = {
      table: aRegionTable(region, { createdAtMs: clock.now(), ...part }),
      settings: settingsOf(region),
      status,
      percent: status === 'CREATING' ? 0 : undefined,
      description: undefined,
      source,
    };
    members.set(region, member);
    return member;
  };
  join(homeRegion, { createdAtMs: 0, ...change }, 'ACTIVE');

  const shown = (region: string): RegionTable => {
    const member = members.get(region);
    if (member === undefined) {
      const text = 'Requested resource not found: Table: Orders not found';
      throw failure(region, 'DescribeTable', 'not-found', 'ResourceNotFoundException', text);
    }
    const listed = [...members]
      .filter(([name, other]) => name !== region && other.status !== 'ARCHIVED')
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const replicas = listed.map(
      ([name, other]): OtherReplica => ({
        region: name,
        status: other.status,
        statusDescription: other.description,
        percent: other.percent,
        kmsKey: other.table.encryption?.kmsKeyArn,
        tableClass: undefined,
        readCapacityOverride: undefined,
        inaccessibleSinceMs: undefined,
      }),
    );
    const isBusy = clock.now() < fake.busyUntilMs;
    return {
      ...member.table,
      status: isBusy && member.table.status === 'ACTIVE' ? 'UPDATING' : member.table.status,
      replicas,
      witnesses: replicas.length === 0 ? [] : [...witnesses],
      isStronglyConsistent: isStrong && replicas.length > 0,
      globalTableVersion: member.table.globalTableVersion ?? (replicas.length === 0 ? undefined : '2019.11.21'),
    };
  };
  const beginChange = (region: string): RegionTable => {
    if (clock.now() < fake.busyUntilMs) {
      const text = 'The resource which you are attempting to change is in use.';
      throw failure(region, 'UpdateTable', 'in-use', 'ResourceInUseException', text);
    }
    return shown(region);
  };
  const create = (from: string, replica: NewReplica): void => {
    const { region } = replica;
    if (members.has(region)) {
      throw refuse(
        from,
        'Failed to create a the new replica of table with name: ‘Orders’ because one or more replicas already existed as tables.',
      );
    }
    const decided = fate;
    later(ENTRY_MS, () => {
      const member = join(region, { itemCount: shown(from).itemCount }, 'CREATING', from);
      later(CREATE_MS / 2, () => {
        member.percent = 50;
        if (decided === 'vanishes') members.delete(region);
      });
      later(CREATE_MS, () => {
        if (decided === 'vanishes') return;
        member.status = decided === 'fails' ? 'CREATION_FAILED' : 'ACTIVE';
        member.percent = undefined;
        member.description = decided === 'fails' ? 'The KMS key is disabled' : undefined;
      });
    });
    fake.busyUntilMs = clock.now() + ENTRY_MS + (decided === 'vanishes' ? CREATE_MS / 2 : CREATE_MS);
  };
  const remove = (from: string, region: string): void => {
    const member = members.get(region);
    if (member === undefined) {
      throw refuse(
        from,
        `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${region}].`,
      );
    }
    const isLocked = [...members.values()].some(
      other => other.source === region && (other.table.createdAtMs ?? 0) > clock.now() - DAY_MS,
    );
    if (isLocked && !isStrong) {
      throw refuse(
        from,
        'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
      );
    }
    member.status = 'DELETING';
    // ARCHIVED stands for "not listed any more, its table still there".
    later(DELETE_MS, () => {
      member.status = 'ARCHIVED';
    });
    later(DELETE_MS + TABLE_GONE_MS, () => members.delete(region));
    fake.busyUntilMs = clock.now() + DELETE_MS;
  };

  const replicasOf = (region: string): ReplicasGateway => ({
    region,
    serverNow: () => clock.now(),
    async describe(_tableName, signal) {
      await enter(region, 'DescribeTable', signal);
      return shown(region);
    },
    async createReplica(_tableName, replica, signal) {
      await enter(region, 'UpdateTable', signal);
      const before = beginChange(region);
      create(region, replica);
      changes.push(`${region} create ${replica.region}`);
      return before;
    },
    async deleteReplica(_tableName, other, signal) {
      await enter(region, 'UpdateTable', signal);
      const before = beginChange(region);
      remove(region, other);
      changes.push(`${region} delete ${other}`);
      return before;
    },
    async createStrongGroup(_tableName, { replicas, witness }, signal) {
      await enter(region, 'UpdateTable', signal);
      const before = beginChange(region);
      for (const replica of replicas) create(region, replica);
      if (witness !== undefined) witnesses.push({ region: witness, status: 'ACTIVE' });
      isStrong = true;
      changes.push(`${region} strong ${replicas.map(each => each.region).join('+')} witness ${witness ?? '-'}`);
      return before;
    },
    async deleteStrongGroup(_tableName, { replicas, witness }, signal) {
      await enter(region, 'UpdateTable', signal);
      const before = beginChange(region);
      for (const other of replicas) remove(region, other);
      later(DELETE_MS, () => witnesses.splice(0));
      changes.push(`${region} unmake ${replicas.join('+')} witness ${witness ?? '-'}`);
      return before;
    },
  });

  const settingsGatewayOf = (region: string): SettingsGateway => {
    const own = async <T>(operation: string, value: (settings: FakeSettings) => T): Promise<T> => {
      await enter(region, operation);
      return value(settingsOf(region));
    };
    const set = (what: string, happen: (settings: FakeSettings) => void): Promise<void> =>
      own('Update', found => {
        changes.push(`${region} ${what}`);
        happen(found);
      });
    return {
      region,
      pointInTimeRecovery: () => own('DescribeContinuousBackups', found => found.recovery),
      setPointInTimeRecovery: (_table, wanted) =>
        set(`recovery ${wanted.enabled} ${wanted.days ?? '-'}`, found => {
          found.recovery = wanted;
        }),
      timeToLiveAttribute: () => own('DescribeTimeToLive', found => found.timeToLive),
      tags: () => own('ListTagsOfResource', found => ({ ...found.tags })),
      tag: (_arn, tags) => set(`tag ${Object.keys(tags).join('+')}`, found => Object.assign(found.tags, tags)),
      untag: (_arn, names) =>
        set(`untag ${names.join('+')}`, found => {
          for (const name of names) delete found.tags[name];
        }),
      contributorInsights: () => own('ListContributorInsights', found => [...found.insights]),
      setContributorInsights: (_table, on) => set(`insights ${on}`, found => found.insights.push(on)),
      setDeletionProtection: (_table, enabled) =>
        set(`protection ${enabled}`, () => {
          const member = members.get(region);
          if (member !== undefined) member.table = { ...member.table, isDeletionProtected: enabled };
        }),
      kinesisDestinations: () => own('DescribeKinesisStreamingDestination', found => found.kinesis),
      resourcePolicy: () => own('GetResourcePolicy', found => found.policy),
      limits: () => own('DescribeLimits', found => found.limits),
    };
  };

  const metricsOf = (region: string): FakeMetrics => {
    const known = metrics.get(region) ?? fakeMetrics(region);
    metrics.set(region, known);
    return known;
  };
  const itemsOf = (region: string): ItemsGateway => ({
    region,
    putNew: () => Promise.reject(new Error('the fake holds no items')),
    deleteMarked: () => Promise.reject(new Error('the fake holds no items')),
    get: async () => undefined,
    scan: async () => ({
      items: fake.holdsItems ? [{ pk: { S: 'order#1' } }] : [],
      lastKey: undefined,
      consumedUnits: 0.5,
    }),
  });

  return Object.assign(fake, {
    aws: {
      replicas: async (region: string) => replicasOf(region),
      settings: async (region: string) => settingsGatewayOf(region),
      scaling: async (region: string) => ({
        region,
        targetsOf: async () => {
          await enter(region, 'DescribeScalableTargets');
          return [...scaling];
        },
      }),
      keys: async (region: string) => ({
        region,
        describeKey: async (keyId: string) => {
          await enter(region, 'DescribeKey');
          const key = keys.get(keyId);
          if (key === undefined) throw failure(region, 'DescribeKey', 'not-found', 'NotFoundException', 'no such key');
          return key;
        },
      }),
      items: async (region: string) => itemsOf(region),
      tables: async () => tables,
      metrics: async (region: string) => metricsOf(region),
    },
    changes,
    tables,
    scaling,
    keys,
    metrics: metricsOf,
    settings: settingsOf,
    edit(region: string, part: Partial<RegionTable>) {
      const member = members.get(region);
      if (member !== undefined) member.table = { ...member.table, ...part };
    },
    join(region: string, part: Partial<RegionTable> = {}, status: ReplicaState = 'ACTIVE') {
      join(region, part, status, undefined);
    },
    setFate(next: CreateFate) {
      fate = next;
    },
    breakRegion(region: string, kind: AwsErrorKind) {
      broken.set(region, kind);
    },
    mend(region: string) {
      broken.delete(region);
    },
  });
}

/** A key that tables can be encrypted with. */
export function aKey(arn: string, change: Partial<EncryptionKey> = {}): EncryptionKey {
  return { arn, state: 'Enabled', usage: 'ENCRYPT_DECRYPT', spec: 'SYMMETRIC_DEFAULT', manager: 'CUSTOMER', ...change };
}
