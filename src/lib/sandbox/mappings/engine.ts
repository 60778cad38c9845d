import { type SandboxState, settle } from '../state.js';
import { createDeliveryLog, type DeliveryLog } from './delivery-log.js';
import { isReading } from './mapping.js';
import { type MappingReader, startReader } from './mapping-reader.js';

/**
 * What makes event source mappings work: it reads, hands over and retries by itself. Nothing polls: it looks when it is
 * woken, and otherwise waits for the time at which something is due.
 */
export interface MappingEngine {
  /** Tells that something may have changed: a request was answered, a tester has done something. */
  wake(): void;
  /** Resolves when every mapping waits: for records, or for a time that has not come. */
  atRest(): Promise<void>;
  /** The next time that a mapping waits for. */
  nextDueMs(): number | undefined;
  readonly deliveries: DeliveryLog;
  /** Resolves when nothing runs any more; the sandbox's closing ends it. */
  closed(): Promise<void>;
}

/** Makes the engine of a sandbox. */
export function createMappingEngine(state: SandboxState): MappingEngine {
  const deliveries = createDeliveryLog();
  const readers = new Map<string, MappingReader>();
  const ending = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  let isWoken = false;
  let follower: { readonly dueMs: number; readonly given: AbortController } | undefined;

  const onChange = (): void => {
    for (const listener of [...listeners]) listener();
  };

  const stop = (uuid: string, reader: MappingReader): void => {
    readers.delete(uuid);
    ending.set(
      uuid,
      reader.stop().then(() => {
        ending.delete(uuid);
        wake();
        onChange();
      }),
    );
  };

  /** Looks at every mapping: who is to read does, who is not ends. */
  const look = (): void => {
    if (state.closing.aborted) return;
    settle(state);
    const all = [...state.regions.values()].flatMap(region =>
      [...region.mappings.values()].map(mapping => ({ region, mapping })),
    );
    const reading = new Map(all.filter(({ mapping }) => isReading(mapping)).map(each => [each.mapping.uuid, each]));
    for (const [uuid, reader] of readers) if (!reading.has(uuid) || !reader.isCurrent()) stop(uuid, reader);
    for (const [uuid, { region, mapping }] of reading) {
      // A reader that is ending may still move the position; the next one begins when it has.
      if (!readers.has(uuid) && !ending.has(uuid)) {
        readers.set(uuid, startReader({ state, region, mapping, deliveries, onChange }));
      }
      readers.get(uuid)?.wake();
    }
    if (all.length > 0) follow();
  };

  /** Without requests too, what the timeline holds has to happen when there are mappings that depend on it. */
  const follow = (): void => {
    const dueMs = state.timeline.nextDueMs();
    if (dueMs === undefined || (follower !== undefined && follower.dueMs <= dueMs)) return;
    follower?.given.abort();
    const given = new AbortController();
    follower = { dueMs, given };
    void state.clock.waitUntil(dueMs, given.signal).then(() => {
      if (given.signal.aborted) return;
      follower = undefined;
      look();
    });
  };

  const wake = (): void => {
    if (isWoken) return;
    isWoken = true;
    setImmediate(() => {
      isWoken = false;
      look();
      onChange();
    });
  };

  const isAtRest = (): boolean => ending.size === 0 && [...readers.values()].every(reader => !reader.isWorking());

  state.closing.addEventListener('abort', () => {
    follower?.given.abort();
    for (const [uuid, reader] of readers) stop(uuid, reader);
    onChange();
  });

  return {
    wake,
    deliveries,
    atRest: async () => {
      for (;;) {
        look();
        if (isAtRest()) return;
        await new Promise<void>(resolve => {
          const listener = (): void => {
            listeners.delete(listener);
            resolve();
          };
          listeners.add(listener);
        });
      }
    },
    nextDueMs: () => {
      const times = [...readers.values()].flatMap(reader => reader.nextDueMs() ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    closed: async () => {
      await Promise.all(ending.values());
    },
  };
}
