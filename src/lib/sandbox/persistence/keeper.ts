import type { Clock } from '../../model/clock.js';

/** Where a sandbox keeps its state. */
export interface Store {
  /** What was written last; `undefined` when there is nothing yet. */
  read(): Promise<string | undefined>;
  /** Replaces it, whole or not at all. */
  write(text: string): Promise<void>;
}

/** Saves the state some moments after it has changed. */
export interface Keeper {
  /** Says that the state has changed. */
  mark(): void;
  /** Saves what has changed, and ends. */
  end(): Promise<void>;
}

/** How long changes are gathered before they are saved. */
const GATHER_MS = 200;

/** A large state is saved less often, so that saving takes a tenth of the time at most. */
const REST_FACTOR = 9;

/** Begins to save what `save` gives into `store`. Failures are logged, and what failed is tried again with the next change. */
export function createKeeper(store: Store, save: () => string, clock: Clock, log: (line: string) => void): Keeper {
  const ending = new AbortController();
  /** Whether something has changed since the text was made that was saved last. */
  let isDirty = false;
  let hasFailed = false;
  let round: Promise<void> | undefined;
  let restMs = 0;

  const write = async (): Promise<void> => {
    isDirty = false;
    try {
      const startMs = clock.now();
      const text = save();
      // Nobody is answered while the text is made; the file system works beside.
      restMs = (clock.now() - startMs) * REST_FACTOR;
      await store.write(text);
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      log(`The sandbox could not save its state: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const runRound = async (): Promise<void> => {
    do {
      await clock.sleep(Math.max(GATHER_MS, restMs), ending.signal).catch(() => {});
      await write();
    } while (isDirty && !ending.signal.aborted);
    round = undefined;
  };

  return {
    mark: () => {
      isDirty = true;
      if (!ending.signal.aborted) round ??= runRound();
    },
    end: async () => {
      ending.abort();
      await round;
      if (isDirty || hasFailed) await write();
    },
  };
}
