import type { SandboxClock } from './clock.js';

interface Task {
  readonly dueMs: number;
  readonly run: () => void;
}

/**
 * What is to happen later by the sandbox's clock: status changes, replicated writes.
 * Nothing runs by a timer: every request first runs what has become due, so no client can tell the difference,
 * an advanced clock brings everything due at once, and nothing keeps the process alive.
 */
export interface Timeline {
  /**
   * Runs `run` once `delayMs` of the sandbox's time are over; tasks of one instant run in the order they were added.
   * Said by a task that runs, it counts from when that task was due: an hour advanced at once is an hour of everything.
   */
  after(delayMs: number, run: () => void): void;
  /** Runs `run` at an instant, in milliseconds since the epoch; as soon as possible when it is over. */
  at(dueMs: number, run: () => void): void;
  /** Runs all that is due, also what becomes due by running it. */
  runDue(): void;
  /** What time it is for what runs: the instant for which it was due, which a lazy clock may have left behind already. */
  nowMs(): number;
  /** When the next task is due, in milliseconds since the epoch; `undefined` when nothing is to come. */
  nextDueMs(): number | undefined;
}

/** Makes an empty timeline on `clock`. */
export function createTimeline(clock: SandboxClock): Timeline {
  const tasks: Task[] = [];
  let runningDueMs: number | undefined;
  const at = (dueMs: number, run: () => void): void => {
    tasks.splice(firstLaterThan(tasks, dueMs), 0, { dueMs, run });
  };
  return {
    after: (delayMs, run) => at((runningDueMs ?? clock.now()) + delayMs, run),
    nowMs: () => runningDueMs ?? clock.now(),
    at,
    nextDueMs: () => tasks[0]?.dueMs,
    runDue: () => {
      let next = tasks[0];
      while (next !== undefined && next.dueMs <= clock.now()) {
        tasks.shift();
        runningDueMs = next.dueMs;
        try {
          next.run();
        } finally {
          runningDueMs = undefined;
        }
        next = tasks[0];
      }
    },
  };
}

function firstLaterThan(tasks: readonly Task[], dueMs: number): number {
  let low = 0;
  let high = tasks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tasks[middle]?.dueMs ?? 0) <= dueMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
