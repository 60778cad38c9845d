import { EventQueue } from './event-queue.js';

/**
 * Merges sources in order of arrival. It ends when the first `deciding` sources have ended, whatever the others do;
 * the failure of one is the failure of all.
 */
export async function* mergeEvents<Event>(
  sources: readonly AsyncIterable<Event>[],
  deciding: number = sources.length,
): AsyncGenerator<Event, void, undefined> {
  const [only] = sources;
  if (sources.length === 1 && only !== undefined) {
    yield* only;
    return;
  }
  const queue = new EventQueue<Event>();
  let left = deciding;
  let closed = false;
  const pump = async (source: AsyncIterable<Event>, decides: boolean): Promise<void> => {
    try {
      for await (const event of source) {
        if (closed) return;
        await queue.put(event);
        if (closed) return;
      }
    } catch (error) {
      queue.end(error);
    }
    if (!decides) return;
    left -= 1;
    if (left === 0) queue.end();
  };
  const pumps = sources.map((source, index) => pump(source, index < deciding));
  try {
    yield* queue.events();
  } finally {
    closed = true;
    queue.discard();
    // A source that waits for its next event is ended by its own signal; nobody waits for it here.
    void Promise.allSettled(pumps);
  }
}
