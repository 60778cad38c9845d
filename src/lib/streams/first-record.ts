import { isAwsError, isTransient } from '../aws/aws-error.js';
import { defaultRetryPolicy, fullJitterDelayMs } from '../aws/retry.js';
import type { IteratorStart, StreamsGateway } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import { scanPage } from './record-page.js';

/** What was found behind a position of a shard. */
export type FirstRecord =
  | { readonly kind: 'record'; readonly sequenceNumber: string; readonly createdAtMs: number }
  /** The shard is closed and holds nothing behind it. */
  | { readonly kind: 'none' }
  /** Nothing but empty pages, as far as was looked. */
  | { readonly kind: 'not-found' }
  /** The shard, or what was asked of it, is trimmed. */
  | { readonly kind: 'gone' }
  /** It could not be read; the reason is AWS's code. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a look needs, and what it costs. */
export interface Look {
  readonly gateway: StreamsGateway;
  readonly streamArn: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Each GetRecords request is charged (FACTS A.5), so they are counted. */
  readonly onRequest?: () => void;
}

/** Empty pages are normal (FACTS A.1), but for one record nobody wants to follow many of them. */
const MOST_PAGES = 4;
const MOST_ATTEMPTS = 4;

/** Reads the first record behind a position of a shard, one GetRecords request where all goes well. Only an abort throws. */
export async function firstRecordFrom(look: Look, shardId: string, start: IteratorStart): Promise<FirstRecord> {
  const { gateway, streamArn, signal } = look;
  try {
    let iterator: string | undefined = await gateway.getShardIterator({ streamArn, shardId, start }, signal);
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const page = scanPage(await getOne(look, iterator));
      const [first] = page.records;
      if (first !== undefined) {
        return { kind: 'record', sequenceNumber: first.sequenceNumber, createdAtMs: first.createdAtMs };
      }
      iterator = page.nextShardIterator;
      if (iterator === undefined) return { kind: 'none' };
    }
    return { kind: 'not-found' };
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error, 'trimmed', 'not-found')) return { kind: 'gone' };
    if (isAwsError(error)) return { kind: 'unknown', reason: error.code };
    throw error;
  }
}

/** The gateway makes each GetRecords once; what passes is repeated here. */
async function getOne(look: Look, iterator: string): Promise<Buffer> {
  const { gateway, streamArn, clock, random, signal } = look;
  for (let attempt = 1; ; attempt += 1) {
    look.onRequest?.();
    try {
      return await gateway.getRecords({ iterator, limit: 1, streamArn }, signal);
    } catch (error) {
      if (!isTransient(error) || attempt >= MOST_ATTEMPTS) throw error;
      await clock.sleep(fullJitterDelayMs(attempt, defaultRetryPolicy, random), signal);
    }
  }
}
