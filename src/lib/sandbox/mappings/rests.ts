import type { SandboxClock } from '../clock.js';

/** When a reader of a shard works and when it waits; so that it can be told whether all is done that can be done now. */
export interface Rests {
  /** False while it waits for a time that has not come, or for somebody to wake it. */
  isWorking(): boolean;
  /** The time it waits for. */
  waitsUntilMs(): number | undefined;
  /** Ends a wait that may be ended by news. */
  wake(): void;
  /** Waits until a time of the sandbox's clock, without one until it is woken; ends at once when all has to stop. */
  rest(input: { readonly untilMs?: number | undefined; readonly endsWithNews: boolean }): Promise<void>;
}

interface Rest {
  readonly untilMs: number | undefined;
  readonly endsWithNews: boolean;
  readonly ending: AbortController;
}

/** Makes them; `onRest` is told whenever a wait begins. */
export function createRests(clock: SandboxClock, stopping: AbortSignal, onRest: () => void): Rests {
  let current: Rest | undefined;
  return {
    isWorking: () => {
      if (current === undefined || current.ending.signal.aborted) return true;
      return current.untilMs !== undefined && current.untilMs <= clock.now();
    },
    waitsUntilMs: () => current?.untilMs,
    wake: () => {
      if (current?.endsWithNews === true) current.ending.abort();
    },
    rest: async ({ untilMs, endsWithNews }) => {
      if (stopping.aborted) return;
      const ending = new AbortController();
      const stop = (): void => ending.abort();
      stopping.addEventListener('abort', stop);
      current = { untilMs, endsWithNews, ending };
      onRest();
      await (untilMs === undefined ? aborted(ending.signal) : clock.waitUntil(untilMs, ending.signal));
      stopping.removeEventListener('abort', stop);
      current = undefined;
    },
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
