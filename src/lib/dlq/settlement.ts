import type { StreamsGateway } from '../aws/streams-gateway.js';
import { compareSequenceNumbers } from '../model/sequence-number.js';
import type { EventRecord } from '../streams/lambda-event.js';
import { type BatchFilter, everyRecord } from './batch-filter.js';
import type { DrainEvent, MessageOutcome } from './drain-events.js';
import type { DrainOptions } from './drain-options.js';
import type { Delivery } from './drain-sink.js';
import type { Resolved, Wanted } from './range-work.js';
import { resolveShard } from './resolve-shard.js';
import type { InHand } from './in-hand.js';
import { poisonEvent } from './poison.js';
import type { Removal } from './removal.js';
import type { WaitingMessage } from './waiting-room.js';

/** A message on its way through a drain. */
export interface DrainItem extends WaitingMessage, Wanted {
  readonly filter: BatchFilter;
}

/** What settling needs of the drain around it. */
export interface SettlementParts {
  readonly options: DrainOptions;
  readonly hand: InHand;
  readonly removal: Removal;
  /** Aborted when the drain is to stop. */
  readonly stop: AbortSignal;
  /** Outlives `stop`, so that what was delivered can still be removed. */
  readonly closing: AbortSignal;
  readonly emit: (event: DrainEvent) => Promise<void>;
  /** A message is done with. */
  readonly onSettled: () => void;
}

type Found = Resolved<DrainItem>;

/** Takes messages from their records to their end: delivered and deleted, left, or named with what is wrong. */
export class Settlement {
  readonly #parts: SettlementParts;
  /** Removals on their way; nothing is given back before they are done. */
  readonly #removals = new Set<Promise<void>>();

  constructor(parts: SettlementParts) {
    this.#parts = parts;
  }

  /** Deals with ranges that were read. @throws what makes going on pointless */
  async settle(found: readonly Found[], gateway: StreamsGateway | undefined): Promise<void> {
    const ready: Found[] = [];
    const tooFew: Found[] = [];
    for (const one of found) {
      if (one.failure !== undefined) await this.#leave(one, 'failed', one.failure);
      else if (one.loss?.all === true) await this.#expired(one);
      else if (passesTooFew(one) && gateway !== undefined) tooFew.push(one);
      else ready.push(one);
    }
    if (tooFew.length > 0 && gateway !== undefined) ready.push(...(await this.#readWithoutFilter(tooFew, gateway)));
    for (const one of ready) await this.#compareCount(one);
    await this.#deliver(ready);
  }

  /** Resolves when every removal that was begun has ended. */
  async removalsDone(): Promise<void> {
    await Promise.all(this.#removals);
  }

  /**
   * A filter that passes fewer records than were in the batch is not the one that was in force then: nothing is left
   * out for its sake.
   */
  async #readWithoutFilter(found: readonly Found[], gateway: StreamsGateway): Promise<readonly Found[]> {
    const { clock, random, maxWaitMs } = this.#parts.options;
    const before = new Map(found.map(one => [one.item.taken.id, one]));
    const items = found.map(({ item }) => ({ ...item, accepts: everyRecord }));
    const again: Found[] = [];
    const options = { gateway, clock, random, signal: this.#parts.stop, maxWaitMs };
    for await (const chunk of resolveShard(items, options)) {
      for (const one of chunk) {
        const passed = before.get(one.item.taken.id)?.records.length ?? 0;
        const unknown = `the filter of ${one.item.message.failure.consumerName} passes ${passed} of them today, so it has changed; all of the range count`;
        const withReason = { ...one, item: { ...one.item, filter: { accepts: everyRecord, unknown } } };
        if (one.failure !== undefined) await this.#leave(one, 'failed', one.failure);
        else if (one.loss?.all === true) await this.#expired(one);
        else again.push(withReason);
      }
    }
    return again;
  }

  async #compareCount({ item, records, loss }: Found): Promise<void> {
    const { batchSize } = item.batch;
    if (loss !== undefined || batchSize === undefined || records.length === batchSize) return;
    this.#parts.options.count.countDiffers();
    await this.#parts.emit({
      type: 'count-differs',
      messageId: item.taken.id,
      message: item.message,
      records: records.length,
      batchSize,
      why: item.filter.unknown ?? 'the range holds records that were not in the batch, or the batch is not all there',
    });
  }

  async #deliver(found: readonly Found[]): Promise<void> {
    let left = found.map(one => ({ one, delivery: deliveryOf(one) }));
    for (const sink of this.#parts.options.sinks) {
      if (left.length === 0) return;
      const outcomes = await sink.deliver(
        left.map(({ delivery }) => delivery),
        this.#parts.stop,
      );
      const taken: typeof left = [];
      for (const [index, each] of left.entries()) {
        const outcome = outcomes[index];
        if (outcome?.done === true) {
          taken.push(each);
          continue;
        }
        for (const poison of outcome?.poison ?? []) {
          this.#parts.options.count.poison();
          await this.#parts.emit(poisonEvent(poison, each.delivery, sink.name));
        }
        this.#parts.options.count.tookOfFailed(outcome?.taken ?? 0);
        await this.#leave(each.one, 'failed', `${sink.name}: ${outcome?.reason ?? 'it did not say what became of it'}`);
      }
      left = taken;
    }
    for (const { one } of left) {
      if (one.loss !== undefined) await this.#expired(one);
      else if (this.#staysInSource()) await this.#leave(one, 'kept', undefined);
      else this.#remove(one, 'deleted', false);
    }
  }

  /** Records of it are lost, all or some; what is left of them has been delivered. */
  async #expired(one: Found): Promise<void> {
    const { expired, archive } = this.#parts.options;
    if (this.#staysInSource() || expired === 'keep') {
      await this.#leave(one, 'expired', undefined);
      return;
    }
    if (expired === 'archive') {
      await archive?.add([{ taken: one.item.taken, message: one.item.message, loss: one.loss }]);
    }
    this.#remove(one, 'expired', expired === 'archive');
  }

  /** Rescue and dry run: every message stays where it is. */
  #staysInSource(): boolean {
    return this.#parts.options.keep || this.#parts.options.sinks.length === 0;
  }

  async #leave(one: Found, outcome: MessageOutcome, reason: string | undefined): Promise<void> {
    this.#parts.hand.leave(one.item.taken);
    await this.#tell(one, outcome, 'left', false, reason);
  }

  /** Removes the message without waiting for it: several removals share a call. */
  #remove(one: Found, outcome: MessageOutcome, archived: boolean): void {
    const { removal, hand, closing } = this.#parts;
    const { taken } = one.item;
    const removing = removal.remove(hand.newest(taken), closing).then(async failure => {
      if (failure === undefined) {
        hand.removed(taken);
        await this.#tell(one, outcome, 'deleted', archived, undefined);
        return;
      }
      hand.leave(taken);
      const reason = `it was delivered, but it could not be deleted: ${failure}`;
      await this.#tell(one, 'failed', 'left', archived, reason);
    });
    this.#removals.add(removing);
    void removing.finally(() => this.#removals.delete(removing));
  }

  async #tell(
    one: Found,
    outcome: MessageOutcome,
    fate: 'deleted' | 'left',
    archived: boolean,
    reason: string | undefined,
  ): Promise<void> {
    const { options, emit, onSettled } = this.#parts;
    const event: DrainEvent = {
      type: 'message',
      messageId: one.item.taken.id,
      outcome,
      message: one.item.message,
      records: wasDelivered(outcome, fate, one) ? one.records.length : 0,
      leftOut: one.leftOut,
      loss: one.loss,
      fate,
      archived,
      reason,
    };
    options.count.settled(event);
    await emit(event);
    onSettled();
  }
}

/** A message that failed on its deletion was delivered; one that failed before was not. */
function wasDelivered(outcome: MessageOutcome, fate: 'deleted' | 'left', one: Found): boolean {
  return fate === 'deleted' || outcome === 'kept' || (outcome === 'expired' && one.loss?.all === false);
}

/** The filter is applied, and what it passes is less than what the batch had, with nothing trimmed. */
function passesTooFew({ item, records, leftOut, loss }: Found): boolean {
  const { batchSize } = item.batch;
  return loss === undefined && leftOut > 0 && batchSize !== undefined && records.length < batchSize;
}

function deliveryOf({ item, records }: Found): Delivery {
  const eventSourceArn = item.batch.streamArn;
  const eventRecords: EventRecord[] = [...records]
    .sort((a, b) => compareSequenceNumbers(a.sequenceNumber, b.sequenceNumber))
    .map(record => ({ record, eventSourceArn }));
  return { messageId: item.taken.id, message: item.message, records: eventRecords };
}
