import { settle } from '../state.js';
import { after, type SequencePoint } from '../streams/sequence.js';
import { afterFailure } from './after-failure.js';
import type { BatchRecord, Piece } from './batch.js';
import { discard } from './discard.js';
import { handOver } from './hand-over.js';
import type { LaneContext } from './lane-context.js';
import { agesOutAtMs, dropOld } from './losses.js';
import { retryDelayMs } from './retry-pace.js';
import { frameOf, keepState } from './tumbling-window.js';

/**
 * Hands a batch to the function until every record of it is dealt with: done, discarded or lost. The mapping's position
 * moves with what is dealt with, so that a mapping that is stopped in between goes on there.
 */
export async function deliver(context: LaneContext, batch: readonly BatchRecord[], next: SequencePoint): Promise<void> {
  const { state, lane } = context;
  let pieces: readonly Piece[] = [{ records: batch, failures: 0, last: undefined }];
  let missesInARow = 0;
  while (pieces.length > 0) {
    settle(state);
    const [head, ...others] = pieces;
    const piece = head === undefined ? undefined : dropOld(context, head);
    if (piece === undefined || piece.records.length === 0) {
      pieces = others;
      continue;
    }
    if (context.stopping.aborted) return;
    const { outcome, invocation, windowState } = await handOver(
      context,
      piece.records,
      piece.failures + 1,
      frameOf(context),
    );
    // What ends because the sandbox does has not failed.
    if (state.closing.aborted) return;
    if (outcome.kind === 'not-reached' || invocation === undefined) {
      missesInARow += 1;
      pieces = [piece, ...others];
      await pause(context, piece, missesInARow);
      continue;
    }
    missesInARow = 0;
    await keepState(context, windowState);
    if (outcome.kind === 'succeeded') {
      moveBehind(context, piece.records.at(-1));
      pieces = others;
      continue;
    }
    moveBehind(context, piece.records[(outcome.from ?? 0) - 1]);
    const step = afterFailure(piece, outcome.from, invocation, context.mapping.settings);
    switch (step.kind) {
      case 'split':
        pieces = [...step.pieces, ...others];
        break;
      case 'give-up':
        discard(context, step.piece, 'RetryAttemptsExhausted');
        moveBehind(context, step.piece.records.at(-1));
        pieces = others;
        break;
      case 'retry':
        pieces = [step.piece, ...others];
        await pause(context, step.piece, step.piece.failures);
        break;
    }
  }
  lane.position = next;
}

/** Waits before the next try; not longer than until the first record is too old to be tried. */
async function pause(context: LaneContext, piece: Piece, failures: number): Promise<void> {
  const { state, rests } = context;
  const retryAtMs = state.clock.now() + retryDelayMs(state.settings.retryPace, failures);
  const untilMs = Math.min(retryAtMs, agesOutAtMs(context, piece) ?? retryAtMs);
  await rests.rest({ untilMs, endsWithNews: false });
}

function moveBehind({ lane }: LaneContext, record: BatchRecord | undefined): void {
  if (record !== undefined) lane.position = after(record.point);
}
