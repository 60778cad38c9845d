/** A key and how often it was seen: at least `count - error`, at most `count` times. */
export interface HotKey {
  readonly key: string;
  readonly count: number;
  readonly error: number;
}

interface Counter {
  key: string;
  count: number;
  error: number;
  /** Where it stands in the heap. */
  place: number;
}

const DEFAULT_CAPACITY = 1024;

/**
 * Finds the hottest keys of an endless stream in bounded memory: the Space-Saving sketch of Metwally, Agrawal and
 * El Abbadi (2005). A key without a counter takes over the smallest one, with its count as the new key's error.
 *
 * For every key with a counter, `count - error <= true count <= count`; no error, and no true count of a key without a
 * counter, is greater than `errorBound`, which is at most `total / capacity`. So every key that makes up more than that
 * share of the stream is found.
 */
export class HotKeys {
  readonly #capacity: number;
  readonly #counters = new Map<string, Counter>();
  /** A binary heap with the smallest count on top. */
  readonly #heap: Counter[] = [];
  #total = 0;

  /** @param capacity counters kept, at least 1. */
  constructor(capacity: number = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Keys added so far, repeats included. */
  get total(): number {
    return this.#total;
  }

  /** How far off a count can be; 0 as long as every key has its own counter. */
  get errorBound(): number {
    return this.#heap.length < this.#capacity ? 0 : (this.#heap[0]?.count ?? 0);
  }

  /** Counts one more of `key`. */
  add(key: string): void {
    this.#total++;
    const known = this.#counters.get(key);
    if (known !== undefined) {
      known.count++;
      this.#sink(known);
      return;
    }
    const smallest = this.#heap[0];
    if (this.#heap.length < this.#capacity || smallest === undefined) {
      const counter = { key, count: 1, error: 0, place: this.#heap.length };
      this.#counters.set(key, counter);
      this.#heap.push(counter);
      this.#rise(counter);
      return;
    }
    this.#counters.delete(smallest.key);
    smallest.key = key;
    smallest.error = smallest.count;
    smallest.count++;
    this.#counters.set(key, smallest);
    this.#sink(smallest);
  }

  /** The `n` keys with the greatest counts, greatest first; of equal counts the surer one first. */
  top(n: number): readonly HotKey[] {
    return this.#heap
      .map(({ key, count, error }) => ({ key, count, error }))
      .sort((a, b) => b.count - a.count || a.error - b.error || (a.key < b.key ? -1 : 1))
      .slice(0, n);
  }

  #sink(counter: Counter): void {
    for (;;) {
      const left = this.#heap[2 * counter.place + 1];
      const right = this.#heap[2 * counter.place + 2];
      const smaller = left !== undefined && right !== undefined && right.count < left.count ? right : left;
      if (smaller === undefined || smaller.count >= counter.count) return;
      this.#swap(counter, smaller);
    }
  }

  #rise(counter: Counter): void {
    for (;;) {
      const parent = this.#heap[(counter.place - 1) >> 1];
      if (parent === undefined || parent.count <= counter.count) return;
      this.#swap(counter, parent);
    }
  }

  #swap(a: Counter, b: Counter): void {
    const { place } = a;
    a.place = b.place;
    b.place = place;
    this.#heap[a.place] = a;
    this.#heap[b.place] = b;
  }
}
