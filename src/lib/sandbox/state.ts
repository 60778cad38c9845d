import type { Access } from './access/access.js';
import type { SandboxClock } from './clock.js';
import type { MetricStore } from './cloudwatch/metric-store.js';
import type { Faults } from './control/faults.js';
import { type AccountLimits, DEFAULT_LIMITS } from './dynamodb/account-limits.js';
import type { Table } from './dynamodb/table.js';
import type { Ids } from './ids.js';
import type { FunctionRegistry } from './lambda/function-registry.js';
import type { Mapping } from './mappings/mapping.js';
import type { RetryPace } from './mappings/retry-pace.js';
import type { TableStream } from './streams/table-stream.js';
import type { Arrivals } from './sqs/arrivals.js';
import type { Bucket } from './s3/bucket.js';
import { createSnsState, type SnsState } from './sns/topic.js';
import { createSqsState, type SqsState } from './sqs/queue.js';
import { createScalingStore, type ScalingStore } from './autoscaling/scaling-store.js';
import type { KmsKey } from './kms/keys.js';
import type { ReplicationSettings } from './replication/settings.js';
import type { Timeline } from './timeline.js';

/** Everything of one Region. */
export interface RegionState {
  readonly name: string;
  readonly tables: Map<string, Table>;
  /** By ARN: the current streams of tables, and the older ones that can still be read. */
  readonly streams: Map<string, TableStream>;
  /** Event source mappings, by UUID. */
  readonly mappings: Map<string, Mapping>;
  /** Client request tokens of transactions, with what they stood for and until when they are remembered. */
  readonly transactionTokens: Map<string, { readonly request: string; readonly untilMs: number }>;
  readonly sqs: SqsState;
  /** By the ARN of a table or a stream. */
  readonly tags: Map<string, Map<string, string>>;
  readonly scaling: ScalingStore;
  limits: AccountLimits;
  /** By id. */
  readonly keys: Map<string, KmsKey>;
  readonly sns: SnsState;
}

/** What was decided when the sandbox was started. */
export interface SandboxSettings {
  readonly account: string;
  /** The Regions that exist; `undefined` is any. */
  readonly regions: readonly string[] | undefined;
  readonly shardsPerTable: number;
  /** How long CREATING, UPDATING and DELETING last, in milliseconds of the sandbox's time. */
  readonly statusDelayMs: number;
  /** How event source mappings pause between retries, by the sandbox's time. */
  retryPace: RetryPace;
}

/** Takes a line of what happens inside; what functions print, and how policies decide, says so. */
export type Log = (line: string, source?: 'function' | 'policy') => void;

/** The whole sandbox: one state, one clock. */
export interface SandboxState {
  readonly settings: SandboxSettings;
  readonly clock: SandboxClock;
  readonly timeline: Timeline;
  readonly ids: Ids;
  readonly faults: Faults;
  readonly access: Access;
  readonly functions: FunctionRegistry;
  readonly metrics: MetricStore;
  readonly arrivals: Arrivals;
  readonly replication: ReplicationSettings;
  /** By name: the buckets of all Regions, for no two may have the same. */
  readonly buckets: Map<string, Bucket>;
  readonly log: Log;
  /** To be called when something was changed that is to be kept. */
  readonly changed: () => void;
  readonly regions: Map<string, RegionState>;
  /** Aborted when the sandbox closes; whatever waits or polls ends with it. */
  readonly closing: AbortSignal;
}

const REGION_NAME = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** The state of a Region, made when it is first spoken to; `undefined` when there is no such Region. */
export function findRegion(state: SandboxState, name: string): RegionState | undefined {
  const known = state.regions.get(name);
  if (known !== undefined) return known;
  const { regions } = state.settings;
  if (regions === undefined ? !REGION_NAME.test(name) : !regions.includes(name)) return undefined;
  const region = {
    name,
    tables: new Map(),
    streams: new Map(),
    mappings: new Map(),
    transactionTokens: new Map(),
    sqs: createSqsState(),
    tags: new Map(),
    scaling: createScalingStore(),
    limits: DEFAULT_LIMITS,
    keys: new Map(),
    sns: createSnsState(),
  };
  state.regions.set(name, region);
  return region;
}

/** Brings everything up to the present: what is due happens, what is too old goes. */
export function settle(state: SandboxState): void {
  state.timeline.runDue();
  for (const region of state.regions.values()) {
    for (const [arn, stream] of region.streams) {
      if (stream.isGone()) region.streams.delete(arn);
      else stream.expire();
    }
  }
}
