import type { CommandContext } from '../context.js';

/** The run's own end and `--timeout` in one signal. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether the time is over, which is no interruption. */
  isOver(): boolean;
  /** Stops the clock. */
  clear(): void;
}

/** Ends work that goes on by itself when `--timeout` is over; without it, only Ctrl-C does. */
export function timeLimit({ clock, signal, globals }: CommandContext): TimeLimit {
  const over = new AbortController();
  const done = new AbortController();
  if (globals.timeoutMs !== undefined) {
    void clock.sleep(globals.timeoutMs, done.signal).then(
      () => {
        over.abort(new Error('the time given by --timeout is over'));
      },
      () => {},
    );
  }
  return {
    signal: AbortSignal.any([signal, over.signal]),
    isOver: () => over.signal.aborted && !signal.aborted,
    clear: () => {
      done.abort();
    },
  };
}
