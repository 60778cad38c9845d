import type { Digest } from './item-digest.js';

const LANES = 4;
/** A count, and the sum of the digests' lanes. */
const WORDS = 1 + LANES;

/**
 * How many items fell into each of some slots, and the sum of their digests: the same whatever order they came in, and
 * different, but for one chance in 2^128, when an item differs. Memory is 20 bytes a slot, however many items there are.
 */
export class DigestSums {
  readonly #words: Uint32Array;

  /** @param from what `toBytes` gave */
  constructor(slots: number, from?: Uint8Array) {
    this.#words = new Uint32Array(slots * WORDS);
    if (from !== undefined) new Uint8Array(this.#words.buffer).set(from.subarray(0, this.#words.byteLength));
  }

  get slots(): number {
    return this.#words.length / WORDS;
  }

  /** Adds one item to a slot. */
  add(slot: number, digest: Digest): void {
    const at = slot * WORDS;
    const words = this.#words;
    words[at] = (words[at] ?? 0) + 1;
    for (let lane = 0; lane < LANES; lane += 1) {
      // A Uint32Array keeps the sum modulo 2^32 by itself.
      words[at + 1 + lane] = (words[at + 1 + lane] ?? 0) + (digest[lane] ?? 0);
    }
  }

  /** The slots in which the two are not the same. */
  differingFrom(other: DigestSums): readonly number[] {
    const differing: number[] = [];
    for (let slot = 0; slot < this.slots; slot += 1) {
      const at = slot * WORDS;
      for (let word = at; word < at + WORDS; word += 1) {
        if (this.#words[word] === other.#words[word]) continue;
        differing.push(slot);
        break;
      }
    }
    return differing;
  }

  /** The sums as bytes, for a checkpoint. */
  toBytes(): Uint8Array {
    return new Uint8Array(this.#words.buffer.slice(0));
  }
}
