/** Who waits for messages of which queue: long polls, woken when something may have become receivable. */
export interface Arrivals {
  /** Calls `wake` at the next arrival in the queue of this ARN; gives the function that takes it back. */
  next(queueArn: string, wake: () => void): () => void;
  /** Wakes all who wait for this queue. */
  announce(queueArn: string): void;
  /** How many wait for this queue. */
  count(queueArn: string): number;
}

/** Makes a board on which nobody waits. */
export function createArrivals(): Arrivals {
  const waiting = new Map<string, Set<() => void>>();
  return {
    next: (queueArn, wake) => {
      const wakes = waiting.get(queueArn) ?? new Set();
      waiting.set(queueArn, wakes);
      wakes.add(wake);
      return () => {
        wakes.delete(wake);
        if (wakes.size === 0 && waiting.get(queueArn) === wakes) waiting.delete(queueArn);
      };
    },
    count: queueArn => waiting.get(queueArn)?.size ?? 0,
    announce: queueArn => {
      for (const wake of [...(waiting.get(queueArn) ?? [])]) wake();
    },
  };
}
