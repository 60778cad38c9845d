import type { MoveTask } from '../../lib/aws/queue-values.js';
import type { RedriveEvent } from '../../lib/dlq/redrive.js';
import { formatCount, plural } from '../../lib/terminal/human.js';

/** What happens, as a sentence. */
export function redriveText(event: RedriveEvent, from: string, to: string): string {
  switch (event.type) {
    case 'started':
      return `SQS moves the messages of ${from} to ${to}`;
    case 'following':
    case 'moving':
      return `Moving from ${from} to ${to}: ${progress(event.task)}`;
    case 'done':
      return event.task.status === 'CANCELLED'
        ? `The move was stopped: ${progress(event.task)}; what was moved stays moved`
        : `Moved ${progress(event.task)} from ${from} to ${to}`;
    case 'cancelled':
      return `The move is being stopped: about ${plural(event.moved, 'message')} moved, which stay moved`;
    case 'unchanged':
      return `unchanged: ${event.reason}`;
  }
}

/** The same as a JSON event. */
export function redriveEventJson(event: RedriveEvent) {
  switch (event.type) {
    case 'started':
      return { type: event.type, outcome: 'started' };
    case 'unchanged':
      return { type: event.type, outcome: 'unchanged', reason: event.reason };
    case 'cancelled':
      return { type: event.type, outcome: 'cancelled', moved: event.moved };
    default: {
      const { status, moved, toMove, messagesPerSecond } = event.task;
      const outcome = event.type === 'done' ? status.toLowerCase() : 'running';
      return { type: event.type, outcome, moved, toMove: toMove ?? null, messagesPerSecond: messagesPerSecond ?? null };
    }
  }
}

function progress({ moved, toMove }: MoveTask): string {
  return toMove === undefined ? plural(moved, 'message') : `${formatCount(moved)} of ${plural(toMove, 'message')}`;
}
