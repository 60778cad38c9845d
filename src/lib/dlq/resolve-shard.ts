import { isAwsError } from '../aws/aws-error.js';
import type { IteratorStart, StreamsGateway } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import { compareSequenceNumbers } from '../model/sequence-number.js';
import { persist } from '../streams/patience.js';
import { type RecordPage, scanPage } from '../streams/record-page.js';
import { RangeWork, type Resolved, type Wanted } from './range-work.js';

/** What reading back needs. */
export interface ResolveOptions {
  readonly gateway: StreamsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** How long the shard may go without a good answer. */
  readonly maxWaitMs: number;
}

const MOST_RECORDS = 1_000;
/** Empty pages are normal (FACTS A.1); after so many in a row, the last of them with a pause each, nothing more is expected. */
const MOST_EMPTY_PAGES = 20;
const EMPTY_PAGES_IN_HASTE = 10;
const SETTLING_DELAY_MS = 200;
const NOTHING_SHOWN = 'the stream shows nothing of it, and does not say that it is trimmed';

/**
 * Reads the ranges of one shard back, each record once however many ranges it lies in: from the start of the first
 * range on, with a jump wherever nothing wanted lies in between. Yields what became complete with each page, in order;
 * the next page is fetched when the consumer asks for more.
 * @throws AwsError for what concerns more than a range, such as a missing permission, or an outage that lasts
 */
export async function* resolveShard<Item extends Wanted>(
  items: readonly Item[],
  options: ResolveOptions,
): AsyncGenerator<readonly Resolved<Item>[], void, undefined> {
  const waiting = items
    .map(item => new RangeWork(item))
    .sort((a, b) => compareSequenceNumbers(a.start, b.start) || compareSequenceNumbers(a.end, b.end));
  const [first] = waiting;
  if (first === undefined) return;
  const reader = new ShardCursor(first.item.batch.streamArn, first.item.batch.shardId, options);
  let begun: RangeWork<Item>[] = [];

  while (begun.length > 0 || waiting.length > 0) {
    const [next] = waiting;
    const jumped = begun.length === 0;
    if (jumped && next !== undefined) {
      const place = await reader.jumpTo(next.start);
      if (place === 'refused') {
        waiting.shift();
        yield [next.failed(reader.refusal)];
        continue;
      }
    }
    const page = await reader.nextPage(expectedRecords([...begun, ...waiting]));
    if (page === 'gone') {
      yield [...begun, ...waiting].map(work => work.gone());
      return;
    }
    const held = new Map(begun.map(work => [work, work.held]));
    const complete: Resolved<Item>[] = [];
    for (const record of page.records) {
      const sequenceNumber = record.sequenceNumber;
      if (page.afterGap) for (const work of begun) work.gap(sequenceNumber);
      page.afterGap = false;
      for (
        let at = waiting[0];
        at !== undefined && compareSequenceNumbers(at.start, sequenceNumber) <= 0;
        at = waiting[0]
      ) {
        waiting.shift();
        begun.push(at);
      }
      begun = begun.filter(work => {
        if (!work.take(record, sequenceNumber)) return true;
        complete.push(work.done());
        return false;
      });
    }
    if (page.isLast) {
      complete.push(...begun.map(work => work.done()));
      begun = [];
    } else if (page.looksExhausted) {
      complete.push(...begun.map(work => work.failed(NOTHING_SHOWN)));
      begun = [];
    }
    // A range that the page does not even begin, read from its start or from the oldest record on, has nothing left.
    if (jumped && waiting[0] === next && next !== undefined) {
      waiting.shift();
      complete.push(page.looksExhausted ? next.failed(NOTHING_SHOWN) : next.done());
    }
    for (const work of begun) work.letGoOf(page.bytes, held.get(work) ?? 0);
    if (complete.length > 0) yield complete;
  }
}

/** How many records the ranges hold at least, as far as a page can bring them. */
function expectedRecords(works: readonly RangeWork<Wanted>[]): number {
  let sum = 0;
  for (const { item } of works) {
    sum += item.batch.batchSize ?? MOST_RECORDS;
    if (sum >= MOST_RECORDS) return MOST_RECORDS;
  }
  return Math.max(1, sum);
}

interface CursorPage extends Pick<RecordPage, 'records'> {
  readonly bytes: number;
  readonly isLast: boolean;
  /** Nothing has come for so many pages that nothing will. */
  readonly looksExhausted: boolean;
  /** What lay before the first of these records was trimmed while it was read. */
  afterGap: boolean;
}

/** A place in a shard that survives expired iterators, trimmed records and failures that pass. */
class ShardCursor {
  readonly #streamArn: string;
  readonly #shardId: string;
  readonly #options: ResolveOptions;
  #start: IteratorStart = { type: 'TRIM_HORIZON' };
  #iterator: string | undefined;
  #emptyPages = 0;
  #afterGap = false;
  #isGone = false;
  /** AWS's words when it refused a sequence number. */
  refusal = '';

  constructor(streamArn: string, shardId: string, options: ResolveOptions) {
    this.#streamArn = streamArn;
    this.#shardId = shardId;
    this.#options = options;
  }

  /** Goes to a record, or to the oldest one there is when that is trimmed. */
  async jumpTo(sequenceNumber: string): Promise<'there' | 'refused'> {
    this.#start = { type: 'AT_SEQUENCE_NUMBER', sequenceNumber };
    this.#iterator = undefined;
    this.#emptyPages = 0;
    this.#afterGap = false;
    try {
      await this.#find();
      return 'there';
    } catch (error) {
      if (!isAwsError(error, 'validation')) throw error;
      this.refusal = error.message === '' ? error.code : error.message;
      return 'refused';
    }
  }

  async nextPage(limit: number): Promise<CursorPage | 'gone'> {
    const { clock, signal, gateway } = this.#options;
    for (;;) {
      if (this.#iterator === undefined) await this.#find();
      const iterator = this.#iterator;
      if (this.#isGone || iterator === undefined) return 'gone';
      try {
        const input = { iterator, limit, streamArn: this.#streamArn };
        const body = await persist(() => gateway.getRecords(input, signal), this.#options, signal);
        const { records, nextShardIterator } = scanPage(body);
        const last = records.at(-1);
        if (last !== undefined) this.#start = { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: last.sequenceNumber };
        this.#iterator = nextShardIterator;
        this.#emptyPages = last === undefined ? this.#emptyPages + 1 : 0;
        const isLast = nextShardIterator === undefined;
        const looksExhausted = this.#emptyPages >= MOST_EMPTY_PAGES;
        if (last === undefined && !isLast && !looksExhausted) {
          if (this.#emptyPages > EMPTY_PAGES_IN_HASTE) await clock.sleep(SETTLING_DELAY_MS, signal);
          continue;
        }
        const afterGap = this.#afterGap;
        this.#afterGap = false;
        return { records, bytes: body.length, isLast, looksExhausted, afterGap };
      } catch (error) {
        signal.throwIfAborted();
        this.#iterator = undefined;
        if (isAwsError(error, 'not-found')) return 'gone';
        if (isAwsError(error, 'trimmed')) this.#fallBack();
        else if (!isAwsError(error, 'expired-iterator')) throw error;
      }
    }
  }

  /** Asks for an iterator at the place; `#isGone` tells when there is no such shard any more. */
  async #find(): Promise<void> {
    const { gateway, signal } = this.#options;
    for (;;) {
      const input = { streamArn: this.#streamArn, shardId: this.#shardId, start: this.#start };
      try {
        this.#iterator = await persist(() => gateway.getShardIterator(input, signal), this.#options, signal);
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (isAwsError(error, 'not-found')) this.#isGone = true;
        else if (isAwsError(error, 'trimmed') && this.#start.type !== 'TRIM_HORIZON') {
          this.#fallBack();
          continue;
        } else throw error;
        return;
      }
    }
  }

  #fallBack(): void {
    this.#start = { type: 'TRIM_HORIZON' };
    this.#afterGap = true;
  }
}
