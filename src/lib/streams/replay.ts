import type { Clock } from '../model/clock.js';
import { judgeAnswer } from './batch-answer.js';
import { lambdaEvent } from './lambda-event.js';
import type { ReadEvent } from './read-events.js';
import { type Batch, BatchGatherer, type BatchLimits } from './replay-batches.js';
import type { ReplayInput } from './replay-input.js';
import { type ReplayTarget, invokeWithin } from './replay-targets.js';
import { ReplayCount, type ReplayTotals } from './replay-totals.js';
import type { RecordTest } from './record-filter.js';
import { DUE, withDue } from './with-due.js';

/** What is replayed, to whom, and how failures are borne. */
export interface ReplayOptions {
  readonly input: AsyncIterable<ReplayInput>;
  /** Left out for a dry run: batches are made and told, and nobody gets them. */
  readonly target: ReplayTarget | undefined;
  readonly limits: BatchLimits;
  /** How often a batch that failed is sent again. */
  readonly retries: number;
  /** Halve a batch that failed until the record that fails stands alone; splitting uses up no retries (FACTS B.4). */
  readonly bisect: boolean;
  readonly accepts: RecordTest;
  /** Records to send at most. */
  readonly limit: number | undefined;
  readonly invokeTimeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What was sent, and where it lies in its shard. */
export interface SentBatch {
  /** Counts the batches from 1; retries and parts of a batch keep its number. */
  readonly batch: number;
  readonly shardId: string | undefined;
  readonly records: number;
  readonly bytes: number;
  readonly firstSequenceNumber: string;
  readonly lastSequenceNumber: string;
}

/** What a consumer answered, and what that means for the records. */
export interface AnswerFacts {
  readonly durationMs: number;
  readonly status: number | undefined;
  readonly outcome: 'success' | 'partial' | 'failed';
  /** JSON where it is, text where not. */
  readonly response: unknown;
  readonly errorType: string | undefined;
  /** Why the batch, or a part of it, counts as failed. */
  readonly reason: string | undefined;
  /** The lowest sequence number that was returned as failed; what lies before it is done. */
  readonly failedFrom: string | undefined;
}

/** What happens after an answer. */
export type ReplayNext =
  | 'done'
  /** The same records again, which uses up a retry. */
  | 'retry'
  /** The same records in parts, which uses up none. */
  | 'split'
  | 'give-up';

/** What a replay tells. */
export type ReplayEvent =
  | (SentBatch & { readonly type: 'batch-planned' })
  | (SentBatch &
      AnswerFacts & {
        readonly type: 'batch-answered';
        readonly target: string;
        /** Of these records: the first time is 1. */
        readonly attempt: number;
        readonly next: ReplayNext;
      })
  | {
      readonly type: 'records-failed';
      readonly batch: number;
      readonly shardId: string | undefined;
      readonly sequenceNumbers: readonly string[];
      readonly reason: string;
      /** One record stands alone: it is what fails. */
      readonly isAlone: boolean;
    }
  | Exclude<ReadEvent, { type: 'page' }>
  | { readonly type: 'summary'; readonly totals: ReplayTotals };

/**
 * Feeds records to a consumer in batches as Lambda would: of one shard each, in order, one batch at a time, and honours what the answers
 * report (FACTS B.4). Records that still fail when the retries are used up are told and passed over. The last event is the summary, also
 * after an abort.
 * @throws what the input or the target throws
 */
export async function* replay(options: ReplayOptions): AsyncGenerator<ReplayEvent, void, undefined> {
  const { clock, signal, target, limits, accepts } = options;
  const count = new ReplayCount(clock.now());
  const delivery = new Delivery(options, count);
  const gatherer = new BatchGatherer(limits);
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  await target?.open(signal);
  try {
    // Without a window the input says itself when a batch may wait no longer.
    const dueAtMs = (): number | undefined => (limits.windowMs > 0 ? gatherer.nextDueAtMs : undefined);
    for await (const input of withDue(options.input, dueAtMs, clock)) {
      if (signal.aborted) break;
      if (input === DUE) {
        yield* delivery.sendAll(gatherer.takeDue(clock.now()));
      } else if (input.type === 'reading') {
        count.note(input.event);
        yield input.event;
      } else if (input.type === 'flush') {
        const batch = input.key === undefined ? undefined : gatherer.take(input.key);
        yield* delivery.sendAll(input.key === undefined ? gatherer.takeAll() : batch === undefined ? [] : [batch]);
      } else {
        for (const record of input.records) {
          if (left <= 0) break;
          if (!accepts(record.record, record.eventSourceArn)) {
            count.passedOver();
            continue;
          }
          left -= 1;
          const full = gatherer.add(input.key, input.shardId, record, clock.now());
          if (full !== undefined) yield* delivery.sendAll([full]);
        }
        if (left <= 0) break;
      }
    }
    yield* delivery.sendAll(gatherer.takeAll());
  } catch (error) {
    // A call that was cut short by Ctrl-C is no failure: the summary tells how far it came.
    if (!signal.aborted) throw error;
  } finally {
    await target?.close();
  }
  yield { type: 'summary', totals: count.totals(clock.now()) };
}

/** Records of a batch that are to be sent, and how many retries they have used. */
interface Part {
  readonly records: Batch['records'];
  readonly attempt: number;
  readonly retriesUsed: number;
}

/** Sends batches, again and in parts where that is asked for. */
class Delivery {
  readonly #options: ReplayOptions;
  readonly #count: ReplayCount;
  #batches = 0;

  constructor(options: ReplayOptions, count: ReplayCount) {
    this.#options = options;
    this.#count = count;
  }

  async *sendAll(batches: readonly Batch[]): AsyncGenerator<ReplayEvent, void, undefined> {
    for (const batch of batches) {
      if (this.#options.signal.aborted) return;
      this.#batches += 1;
      this.#count.batch();
      yield* this.#send(batch);
    }
  }

  async *#send({ shardId, records }: Batch): AsyncGenerator<ReplayEvent, void, undefined> {
    const { target, signal } = this.#options;
    const parts: Part[] = [{ records, attempt: 1, retriesUsed: 0 }];
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      if (signal.aborted) return;
      const event = lambdaEvent(part.records);
      const sent = this.#describe(shardId, part.records, event.length);
      if (target === undefined) {
        yield { type: 'batch-planned', ...sent };
        continue;
      }
      const { facts, fromIndex } = await this.#invoke(target, event, part);
      const { doneRecords, again, failed } = this.#decide(part, facts.outcome, fromIndex);
      this.#count.answered(doneRecords);
      const next: ReplayNext =
        failed.length > 0 ? 'give-up' : again.length === 0 ? 'done' : again[0]?.attempt === 1 ? 'split' : 'retry';
      yield { type: 'batch-answered', ...sent, target: target.name, attempt: part.attempt, ...facts, next };
      if (failed.length > 0) {
        const sequenceNumbers = failed.map(({ record }) => record.sequenceNumber);
        const reason = facts.reason ?? 'it failed';
        this.#count.failed(shardId, sequenceNumbers, reason);
        const isAlone = failed.length === 1;
        yield { type: 'records-failed', batch: this.#batches, shardId, sequenceNumbers, reason, isAlone };
      }
      parts.unshift(...again);
    }
  }

  #describe(shardId: string | undefined, records: Batch['records'], bytes: number): SentBatch {
    return {
      batch: this.#batches,
      shardId,
      records: records.length,
      bytes,
      firstSequenceNumber: records[0]?.record.sequenceNumber ?? '',
      lastSequenceNumber: records.at(-1)?.record.sequenceNumber ?? '',
    };
  }

  async #invoke(target: ReplayTarget, event: Buffer, { records }: Part): Promise<JudgedAnswer> {
    const { clock, signal, invokeTimeoutMs } = this.#options;
    const startedAtMs = clock.now();
    const answer = await invokeWithin(target, event, invokeTimeoutMs, clock, signal);
    const durationMs = clock.now() - startedAtMs;
    const nothing = { errorType: undefined, reason: undefined, failedFrom: undefined };
    const facts = { durationMs, status: answer.status, ...nothing };
    if (answer.kind === 'failed') {
      const { errorType, message } = answer;
      return {
        facts: { ...facts, outcome: 'failed', response: undefined, errorType, reason: message },
        fromIndex: 0,
      };
    }
    const response = responseOf(answer.body);
    const verdict = judgeAnswer(
      answer.body,
      records.map(({ record }) => record.sequenceNumber),
    );
    switch (verdict.kind) {
      case 'success':
        return { facts: { ...facts, outcome: 'success', response }, fromIndex: records.length };
      case 'failed':
        return { facts: { ...facts, outcome: 'failed', response, reason: verdict.reason }, fromIndex: 0 };
      case 'partial': {
        const { sequenceNumber, fromIndex } = verdict;
        const reason = 'reported in batchItemFailures';
        return { facts: { ...facts, outcome: 'partial', response, reason, failedFrom: sequenceNumber }, fromIndex };
      }
    }
  }

  #decide(
    { records, attempt, retriesUsed }: Part,
    outcome: AnswerFacts['outcome'],
    fromIndex: number,
  ): { readonly doneRecords: number; readonly again: readonly Part[]; readonly failed: Batch['records'] } {
    const { bisect, retries } = this.#options;
    if (outcome === 'success') return { doneRecords: fromIndex, again: [], failed: [] };
    const rest = records.slice(fromIndex);
    const part = (some: Batch['records']): Part => ({ records: some, attempt: 1, retriesUsed });
    if (bisect && fromIndex > 0) return { doneRecords: fromIndex, again: [part(rest)], failed: [] };
    if (bisect && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      return { doneRecords: 0, again: [part(rest.slice(0, middle)), part(rest.slice(middle))], failed: [] };
    }
    if (retriesUsed >= retries) return { doneRecords: fromIndex, again: [], failed: rest };
    const again = { records: rest, attempt: attempt + 1, retriesUsed: retriesUsed + 1 };
    return { doneRecords: fromIndex, again: [again], failed: [] };
  }
}

/** An answer, judged: records of the part that lie before `fromIndex` are done. */
interface JudgedAnswer {
  readonly facts: AnswerFacts;
  readonly fromIndex: number;
}

function responseOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
