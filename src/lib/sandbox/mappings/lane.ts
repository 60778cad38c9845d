import { deliver } from './deliver.js';
import { emptyGathering, gather, type Gathering } from './gather.js';
import type { LaneContext } from './lane-context.js';
import { skipLost } from './losses.js';
import { closeWindow } from './tumbling-window.js';

/** One reader of a shard that has been started. */
export interface RunningLane {
  /** Whether the shard has changed since the lane last looked. */
  hasNews(): boolean;
  hasEnded(): boolean;
  readonly context: LaneContext;
  /** True when the shard was read to its end, false when the lane was stopped before. */
  readonly ended: Promise<boolean>;
}

/** Starts to read a shard for a mapping, from where the lane's progress stands; `onEnd` is told when it has ended. */
export function startLane(context: LaneContext, onEnd: () => void): RunningLane {
  const { shard } = context;
  let seen = '';
  const look = (): string => `${shard.log.nextIndex} ${shard.log.firstIndex} ${shard.endingPoint !== undefined}`;
  const onLook = (): void => {
    seen = look();
  };
  let hasEnded = false;
  const ended = runLane(context, onLook).finally(() => {
    hasEnded = true;
    onEnd();
  });
  return {
    context,
    hasNews: () => look() !== seen,
    hasEnded: () => hasEnded,
    ended,
  };
}

async function runLane(context: LaneContext, onLook: () => void): Promise<boolean> {
  // Others are to be told of the lane before it begins.
  await Promise.resolve();
  while (!context.stopping.aborted) {
    const step = await nextStep(context, onLook);
    switch (step.kind) {
      case 'batch':
        await deliver(context, step.gathering.records, step.gathering.next);
        context.state.changed();
        break;
      case 'close-window':
        await closeWindow(context);
        context.state.changed();
        break;
      case 'ended':
        return true;
      case 'stopped':
        return false;
    }
  }
  return false;
}

type Step =
  | { readonly kind: 'batch'; readonly gathering: Gathering }
  | { readonly kind: 'close-window' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'stopped' };

/** Waits until there is something to do: a batch that is full or has waited its time, a window that is over, the end. */
async function nextStep(context: LaneContext, onLook: () => void): Promise<Step> {
  const { state, mapping, lane, shard, rests, stopping } = context;
  let gathering: Gathering | undefined;
  let batchDueMs: number | undefined;
  while (!stopping.aborted) {
    onLook();
    if (gathering === undefined || gathering.records.length === 0) {
      skipLost(context);
      gathering = emptyGathering(lane.position);
    }
    const halt = gather(context, gathering);
    const isWaiting = gathering.records.length > 0;
    // What the filters have let go by is dealt with.
    if (!isWaiting) lane.position = gathering.next;
    if (halt === 'turn') {
      await nextTurn();
      continue;
    }
    const nowMs = state.clock.now();
    const isEnded = halt === 'end' && shard.endingPoint !== undefined;
    const windowEndMs = lane.window?.endMs;
    const isWindowOver = windowEndMs !== undefined && (isEnded || nowMs >= windowEndMs);
    if (isWaiting) {
      batchDueMs ??= nowMs + mapping.settings.batchingWindowSeconds * 1000;
      const untilMs = Math.min(batchDueMs, windowEndMs ?? batchDueMs);
      if (halt !== 'end' || isEnded || nowMs >= untilMs) return { kind: 'batch', gathering };
      await rests.rest({ untilMs, endsWithNews: true });
    } else if (isWindowOver) {
      return { kind: 'close-window' };
    } else if (isEnded) {
      return { kind: 'ended' };
    } else {
      await rests.rest({ untilMs: windowEndMs, endsWithNews: true });
    }
  }
  return { kind: 'stopped' };
}

async function nextTurn(): Promise<void> {
  await new Promise<void>(resolve => {
    setImmediate(resolve);
  });
}
