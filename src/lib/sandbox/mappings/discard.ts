import type { Piece } from './batch.js';
import { type DiscardCondition, failureMessage } from './failure-message.js';
import { deliveredRange, type LaneContext } from './lane-context.js';
import { countDeliveryFailure, countEvents } from './mapping-metrics.js';
import { sendFailure } from './on-failure.js';

/** Gives records up: tells the destination on failure where they are, when the mapping has one. */
export function discard(context: LaneContext, piece: Piece, condition: DiscardCondition): void {
  const { state, mapping, shard } = context;
  const { records } = piece;
  const { onFailureArn: destination } = mapping.settings;
  countEvents(state, mapping, 'DroppedEventCount', records.length);
  const range = deliveredRange(context, records);
  if (destination === undefined) {
    context.deliveries.add({ type: 'discard', ...range, condition, isDelivered: false });
    return;
  }
  const message = failureMessage({
    piece,
    condition,
    functionArn: mapping.functionArn,
    streamArn: mapping.streamArn,
    shardId: shard.id,
    nowMs: state.clock.now(),
    requestId: state.ids.requestId(),
  });
  const isDelivered = sendFailure(context, destination, message, records);
  if (isDelivered) countEvents(state, mapping, 'OnFailureDestinationDeliveredEventCount', records.length);
  else {
    countDeliveryFailure(state, mapping);
    state.log(`[${mapping.functionName}] ${destination} did not take a failure message`);
  }
  context.deliveries.add({ type: 'discard', ...range, condition, destination, isDelivered });
}
