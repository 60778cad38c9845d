import type { StreamsGateway } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import type { FilterLookup } from './batch-filter.js';
import type { DrainCount } from './drain-count.js';
import type { DrainSink } from './drain-sink.js';
import type { ExpiredArchive } from './expired-archive.js';
import type { StreamBatchMessage } from './failure-message.js';
import type { FailureSource, TakenMessage } from './failure-source.js';
import type { DrainOrder } from './waiting-room.js';

/** What becomes of a message whose records are trimmed, all or some. */
export type ExpiredChoice = 'keep' | 'archive' | 'delete';

/** What a drain needs. */
export interface DrainOptions {
  readonly source: FailureSource;
  /** A message is done when all of them have it. None: a dry run, which reads, delivers nothing and leaves everything. */
  readonly sinks: readonly DrainSink[];
  /** The streams of a Region; of the configured one where a message names none. */
  readonly streams: (region: string | undefined) => Promise<StreamsGateway>;
  readonly filters: FilterLookup;
  /** Whether a message is among those that are asked for; the others are left. */
  readonly wants: (message: StreamBatchMessage, taken: TakenMessage) => boolean;
  /** Deliver, and leave every message where it is. */
  readonly keep: boolean;
  readonly expired: ExpiredChoice;
  /** Where metadata of lost records go; needed for `archive`. */
  readonly archive: ExpiredArchive | undefined;
  /** Messages to take at most, of those that are asked for. */
  readonly maxMessages: number | undefined;
  /** Messages a second, at most. */
  readonly ratePerSecond: number | undefined;
  /** Long polls, and shards that are read and delivered, side by side. */
  readonly concurrency: number;
  readonly order: DrainOrder;
  /** How long nothing may come before the drain ends; undefined: it goes on listening. */
  readonly idleTimeoutMs: number | undefined;
  /** How long failures that pass by themselves are borne. */
  readonly maxWaitMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Kept up while the drain runs. */
  readonly count: DrainCount;
}
