import { handOver } from './hand-over.js';
import type { WindowFrame } from './lambda-event.js';
import type { LaneContext } from './lane-context.js';
import { retryDelayMs } from './retry-pace.js';

/** What a window's state may weigh: FACTS B.4. */
const MAX_STATE_BYTES = 1024 * 1024;

/** What an event says of the tumbling window that is open; `undefined` when there is none. */
export function frameOf({ lane, shard, mapping }: LaneContext): WindowFrame | undefined {
  const { window } = lane;
  if (window === undefined) return undefined;
  return { ...window, shardId: shard.id, streamArn: mapping.streamArn, isFinal: false, isTerminatedEarly: false };
}

/** Keeps the state that the function has returned for its next invocation in the window. */
export async function keepState(context: LaneContext, state: string | undefined): Promise<void> {
  const { lane } = context;
  if (lane.window === undefined || state === undefined) return;
  lane.window = { ...lane.window, state };
  if (Buffer.byteLength(state) <= MAX_STATE_BYTES) return;
  // The window goes on afresh once the function has seen the state that was too large.
  await insist(context, { isFinal: false, isTerminatedEarly: true });
  if (lane.window !== undefined) lane.window = { ...lane.window, state: '{}' };
}

/** Ends the open window: the function gets the state without records, and then the window is forgotten. */
export async function closeWindow(context: LaneContext): Promise<void> {
  const isDone = await insist(context, { isFinal: true, isTerminatedEarly: false });
  if (isDone) context.lane.window = undefined;
}

/** The last invocation of a window is repeated until it succeeds; nothing else is processed before (FACTS B.4). */
async function insist(
  context: LaneContext,
  kind: Pick<WindowFrame, 'isFinal' | 'isTerminatedEarly'>,
): Promise<boolean> {
  const { state, rests, stopping } = context;
  const frame = frameOf(context);
  if (frame === undefined) return true;
  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    const { outcome } = await handOver(context, [], attempt, { ...frame, ...kind });
    if (outcome.kind === 'succeeded') return true;
    await rests.rest({
      untilMs: state.clock.now() + retryDelayMs(state.settings.retryPace, attempt),
      endsWithNews: false,
    });
  }
  return false;
}
