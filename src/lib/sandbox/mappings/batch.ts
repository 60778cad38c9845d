import type { SequencePoint } from '../streams/sequence.js';

/** A stream record on its way to a function. */
export interface BatchRecord {
  readonly point: SequencePoint;
  readonly sequenceNumber: string;
  readonly writtenAtMs: number;
  /** The record's JSON text as the function gets it. */
  readonly json: string;
}

/** The end of a function's try at some records, as the mapping takes it (FACTS B.4). */
export type Outcome =
  | { readonly kind: 'succeeded' }
  /** All before `from` is done, all from there on is not; without it the whole has failed and nothing was named. */
  | { readonly kind: 'failed'; readonly from: number | undefined; readonly functionError: 'Unhandled' | null }
  /** The function was not reached: such tries do not count as retries. */
  | { readonly kind: 'not-reached'; readonly reason: string };

/** What is known of the last time that records were handed to the function. */
export interface LastInvocation {
  readonly requestId: string;
  readonly functionError: 'Unhandled' | null;
}

/** Some consecutive records of a batch that are tried together. */
export interface Piece {
  readonly records: readonly BatchRecord[];
  /** How often they have failed, not counting what led to a split: those do not use up retries (FACTS B.4). */
  readonly failures: number;
  readonly last: LastInvocation | undefined;
}
