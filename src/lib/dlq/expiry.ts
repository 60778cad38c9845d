import { RETENTION_MS } from '../streams/change-stream.js';
import type { Failure, StreamBatch } from './failure-message.js';

/** When the stream forgets a batch, and how sure that is. */
export interface Expiry {
  /** From here on the batch's first record may be trimmed; the last one follows at `lastAtMs`. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** False: the message does not say when its records were written, so the failure's own time stands in, and is late. */
  readonly exact: boolean;
}

/**
 * A stream keeps its records 24 hours from their write and may trim them at any moment after that (FACTS A.2); the
 * message tells the writes to the second. Undefined when it tells no time at all.
 */
export function expiryOf(batch: StreamBatch, failure: Pick<Failure, 'failedAtMs'>): Expiry | undefined {
  const firstMs = batch.firstArrivalMs ?? batch.lastArrivalMs ?? failure.failedAtMs;
  if (firstMs === undefined) return undefined;
  const lastMs = Math.max(firstMs, batch.lastArrivalMs ?? firstMs);
  return {
    firstAtMs: firstMs + RETENTION_MS,
    lastAtMs: lastMs + RETENTION_MS,
    exact: batch.firstArrivalMs !== undefined,
  };
}
