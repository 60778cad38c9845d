import type { BatchRecord, LastInvocation, Piece } from './batch.js';
import type { MappingSettings } from './mapping.js';

/** What is done with records that a function has failed. */
export type NextStep =
  /** Again, after a pause. */
  | { readonly kind: 'retry'; readonly piece: Piece }
  /** Again at once, in smaller parts, one after the other. */
  | { readonly kind: 'split'; readonly pieces: readonly Piece[] }
  /** Not again: the retries are used up. */
  | { readonly kind: 'give-up'; readonly piece: Piece };

/**
 * Decides on records of which those from `from` on have failed, or all with nothing named (FACTS B.4).
 *
 * With bisecting, a batch is split at the sequence number that the function has named, or in half when it has named
 * none, and that does not use up a retry. UNVERIFIED is what happens when the first record is the one that is named:
 * there is nothing to split then, and the whole is retried.
 */
export function afterFailure(
  piece: Piece,
  from: number | undefined,
  last: LastInvocation,
  settings: MappingSettings,
): NextStep {
  const { bisectsOnError, retryAttempts } = settings;
  const records = piece.records.slice(from ?? 0);
  const parts = bisectsOnError ? splitAt(records, from) : undefined;
  if (parts !== undefined) {
    return { kind: 'split', pieces: parts.map(part => ({ records: part, failures: piece.failures, last })) };
  }
  const failed = { records, failures: piece.failures + 1, last };
  const isUsedUp = retryAttempts >= 0 && failed.failures > retryAttempts;
  return isUsedUp ? { kind: 'give-up', piece: failed } : { kind: 'retry', piece: failed };
}

/** What is left of a failed batch, in parts; `undefined` when it cannot be made smaller. */
function splitAt(
  records: readonly BatchRecord[],
  from: number | undefined,
): readonly (readonly BatchRecord[])[] | undefined {
  if (from !== undefined) return from > 0 ? [records] : undefined;
  if (records.length < 2) return undefined;
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)];
}
