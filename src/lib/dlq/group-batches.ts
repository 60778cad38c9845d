import type { WaitingBatch } from './peek.js';

/** What batches can be grouped by. */
export type BatchGrouping = 'function' | 'condition' | 'shard' | 'table';

/** Batches that have something in common. */
export interface BatchGroup {
  readonly name: string;
  readonly batches: number;
  /** Of those whose message tells it. */
  readonly records: number;
  /** When the first of them begins to be forgotten. */
  readonly soonestExpiryMs: number | undefined;
  /** When the first of them was given up. */
  readonly firstFailureMs: number | undefined;
}

/** Groups batches; the group that is forgotten soonest comes first. */
export function groupBatches(batches: readonly WaitingBatch[], by: BatchGrouping): readonly BatchGroup[] {
  const groups = new Map<string, BatchGroup>();
  for (const batch of batches) {
    const name = nameOf(batch, by);
    const { message, expiry } = batch;
    const known = groups.get(name);
    groups.set(name, {
      name,
      batches: (known?.batches ?? 0) + 1,
      records: (known?.records ?? 0) + (message.batch.batchSize ?? 0),
      soonestExpiryMs: earlier(known?.soonestExpiryMs, expiry?.firstAtMs),
      firstFailureMs: earlier(known?.firstFailureMs, message.failure.failedAtMs),
    });
  }
  const atMs = ({ soonestExpiryMs }: BatchGroup): number => soonestExpiryMs ?? Number.MAX_VALUE;
  return [...groups.values()].sort((a, b) => atMs(a) - atMs(b) || (a.name < b.name ? -1 : 1));
}

function nameOf({ message: { batch, failure } }: WaitingBatch, by: BatchGrouping): string {
  switch (by) {
    case 'function':
      return failure.consumerName;
    case 'condition':
      return failure.condition;
    case 'shard':
      return batch.shardId;
    case 'table':
      return batch.tableName;
  }
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}
