import type { RegionState, SandboxState } from '../state.js';
import { moveToDeadLetterQueue } from './enqueue.js';
import { expireMessages, type Queue, type QueueMessage } from './queue.js';
import { parseRedrivePolicy } from './redrive-policy.js';
import { formatReceiptHandle } from './receipt-handle.js';

/** Takes up to `count` messages out of a queue's sight for a while, oldest first, and gives them new handles. */
export function takeMessages(
  state: SandboxState,
  region: RegionState,
  queue: Queue,
  { count, visibilityMs }: { readonly count: number; readonly visibilityMs: number },
): readonly QueueMessage[] {
  const nowMs = state.clock.now();
  expireMessages(queue, nowMs);
  const policy = parseRedrivePolicy(queue);
  const target = policy === undefined ? undefined : region.sqs.queues.get(policy.targetName);
  const taken: QueueMessage[] = [];
  const given: QueueMessage[] = [];
  const blockedGroups = new Set<string>();
  for (const message of queue.messages.values()) {
    if (taken.length === count) break;
    const group = queue.isFifo ? message.groupId : undefined;
    if (group !== undefined && blockedGroups.has(group)) continue;
    if (message.visibleAtMs > nowMs) {
      // The rest of a group waits until this one is deleted or comes back.
      if (group !== undefined) blockedGroups.add(group);
    } else if (policy !== undefined && target !== undefined && message.receiveCount >= policy.maxReceiveCount) {
      given.push(message);
    } else {
      taken.push(message);
    }
  }
  // After the loop: a queue may be its own dead-letter queue.
  if (target !== undefined) for (const message of given) moveToDeadLetterQueue(state, queue, target, message);
  for (const message of taken) {
    message.receiptHandle = formatReceiptHandle(queue, message, nowMs, state.ids);
    message.visibleAtMs = nowMs + visibilityMs;
    message.receiveCount += 1;
    message.firstReceivedAtMs ??= nowMs;
    // A standard queue promises no order: what is in flight goes to the back, so that no look has to pass it by.
    if (!queue.isFifo && queue.messages.delete(message.id)) queue.messages.set(message.id, message);
  }
  return taken;
}

/** When the next message of a queue that nobody can receive now comes into sight; infinity when none will by itself. */
export function nextVisibleAtMs(queue: Queue, nowMs: number): number {
  let nextMs = Number.POSITIVE_INFINITY;
  for (const { visibleAtMs } of queue.messages.values()) {
    if (visibleAtMs > nowMs) nextMs = Math.min(nextMs, visibleAtMs);
  }
  return nextMs;
}
