import type { BatchOutcome } from '../aws/batch-outcome.js';

/** A message as it was taken; whoever holds its handle may remove it, as long as it is not visible to others again. */
export interface TakenMessage {
  /** Stays the same when the message is taken again. */
  readonly id: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly sentAtMs: number | undefined;
  readonly receiveCount: number | undefined;
}

/** Where failure messages lie: a queue, or objects in a bucket. */
export interface FailureSource {
  /** As it is shown. */
  readonly name: string;
  /** How long what was taken stays invisible to others; undefined where nothing becomes visible by itself. */
  readonly visibilityMs: number | undefined;
  /** @returns how many messages it holds that nobody has in hand, approximately; undefined where that is not known */
  depth(signal?: AbortSignal): Promise<number | undefined>;
  /**
   * Waits for messages. @returns ten at most, none when the wait was in vain, undefined when there will be no more
   * @throws AwsError
   */
  take(most: number, waitMs: number, signal: AbortSignal): Promise<readonly TakenMessage[] | undefined>;
  /** Keeps messages invisible for another `visibilityMs`. @throws AwsError */
  extend(messages: readonly TakenMessage[], signal: AbortSignal): Promise<BatchOutcome<TakenMessage>>;
  /** Makes messages visible again at once. @throws AwsError */
  release(messages: readonly TakenMessage[], signal: AbortSignal): Promise<BatchOutcome<TakenMessage>>;
  /** Removes messages for good. @throws AwsError */
  remove(messages: readonly TakenMessage[], signal: AbortSignal): Promise<BatchOutcome<TakenMessage>>;
}

/** Entries of one batch call, of SQS and of SNS alike (FACTS C). */
export const BATCH_ENTRIES = 10;

/** Cuts a list into parts of at most `size`. */
export function partsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
  return parts;
}

/** Makes a batch call for each ten entries, side by side, and joins what came of them. */
export async function inBatches<Entry>(
  entries: readonly Entry[],
  send: (entries: readonly Entry[]) => Promise<BatchOutcome<Entry>>,
): Promise<BatchOutcome<Entry>> {
  const outcomes = await Promise.all(partsOf(entries, BATCH_ENTRIES).map(part => send(part)));
  return {
    done: outcomes.flatMap(outcome => outcome.done),
    failed: outcomes.flatMap(outcome => outcome.failed),
  };
}
