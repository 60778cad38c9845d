import type { Clock } from '../model/clock.js';

/** Says that the instant that was waited for has come. */
export const DUE = Symbol('due');

/**
 * Hands on what a source gives, and `DUE` each time the instant that `dueAtMs` names comes before the source gives more.
 * When it is left while the source is still asked for its next value, nobody waits for that: the source is ended by its own signal.
 */
export async function* withDue<Value>(
  source: AsyncIterable<Value>,
  dueAtMs: () => number | undefined,
  clock: Clock,
): AsyncGenerator<Value | typeof DUE, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let asked: Promise<IteratorResult<Value, unknown>> | undefined;
  try {
    for (;;) {
      asked ??= iterator.next();
      const atMs = dueAtMs();
      const next = atMs === undefined ? await asked : await before(asked, atMs - clock.now(), clock);
      if (next === DUE) {
        yield DUE;
        continue;
      }
      asked = undefined;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const returned = iterator.return?.();
    if (asked === undefined) await returned;
    else returned?.catch(() => {});
  }
}

async function before<Value>(value: Promise<Value>, withinMs: number, clock: Clock): Promise<Value | typeof DUE> {
  // A source that always has something to give must not keep what is due waiting.
  if (withinMs <= 0) return DUE;
  const enough = new AbortController();
  const timer = clock.sleep(withinMs, enough.signal).then(
    (): typeof DUE => DUE,
    (): typeof DUE => DUE,
  );
  try {
    return await Promise.race([value, timer]);
  } finally {
    enough.abort();
  }
}
