import type { SequencePoint } from '../streams/sequence.js';

/** The states of an event source mapping: FACTS B.2. */
export type MappingState = 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

/** Where a new mapping begins to read; AT_TIMESTAMP is not for DynamoDB (FACTS B.1). */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/** What can be set of a mapping of a DynamoDB stream: FACTS B.1. */
export interface MappingSettings {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly parallelizationFactor: number;
  /** -1: as long as the stream keeps the record. */
  readonly recordAgeSeconds: number;
  /** After the first try; -1: without end. */
  readonly retryAttempts: number;
  readonly bisectsOnError: boolean;
  /** 0: no tumbling window. */
  readonly tumblingWindowSeconds: number;
  readonly reportsItemFailures: boolean;
  /** Patterns as they were given, of which one has to match; empty lets everything through. */
  readonly filters: readonly string[];
  /** The ARN of a queue, a topic or a bucket. */
  readonly onFailureArn: string | undefined;
  /** Such as EventCount. */
  readonly metrics: readonly string[];
  /** The key that encrypts the filters. */
  readonly kmsKeyArn: string | undefined;
}

/** What a mapping has when nothing is said: FACTS B.1. */
export const defaultSettings: MappingSettings = {
  batchSize: 100,
  batchingWindowSeconds: 0,
  parallelizationFactor: 1,
  recordAgeSeconds: -1,
  retryAttempts: -1,
  bisectsOnError: false,
  tumblingWindowSeconds: 0,
  reportsItemFailures: false,
  filters: [],
  onFailureArn: undefined,
  metrics: [],
  kmsKeyArn: undefined,
};

/** How far one of the parallel readers of a shard has come. */
export interface LaneProgress {
  /** All before it is dealt with. */
  position: SequencePoint;
  /** The tumbling window that is open. */
  window: OpenWindow | undefined;
}

/** A tumbling window between two invocations: FACTS B.4. */
export interface OpenWindow {
  readonly startMs: number;
  readonly endMs: number;
  /** JSON text of what the function returned last. */
  readonly state: string;
}

/** How far a mapping has come in a shard. */
export interface ShardProgress {
  readonly shardId: string;
  /** One for each of `ParallelizationFactor`; items are shared out among them by their key. */
  lanes: readonly LaneProgress[];
  /** Whether the shard was read to its end, or was closed before a mapping at LATEST began. */
  isDone: boolean;
}

/** An event source mapping. Plain data: what works on it is the engine. */
export interface Mapping {
  readonly uuid: string;
  readonly arn: string;
  readonly region: string;
  readonly streamArn: string;
  readonly startingPosition: StartingPosition;
  readonly createdAtMs: number;
  functionName: string;
  functionArn: string;
  settings: MappingSettings;
  state: MappingState;
  /** The state that comes next by itself, and when. */
  transition: { readonly to: MappingState | 'gone'; readonly atMs: number } | undefined;
  lastModifiedMs: number;
  lastProcessingResult: string;
  tags: Readonly<Record<string, string>>;
  /** Undefined until the mapping reads for the first time: that is when LATEST is (FACTS B.1). */
  progress: Map<string, ShardProgress> | undefined;
}

/** Whether the mapping reads its stream now; a change of its settings does not stop it. */
export function isReading({ state, transition }: Mapping): boolean {
  return state === 'Enabled' || (state === 'Updating' && transition?.to === 'Enabled');
}
