/** Sizes of a kind, in bytes. */
export interface SizeSummary {
  readonly min: number;
  readonly avg: number;
  /** Half of all are at most this large, and 99 of 100; at most 3.2% too large. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Each power of two is cut into this many buckets: an answer lies at most 1/32 above the truth. */
const BUCKETS_PER_OCTAVE = 32;
const OCTAVE_BITS = 5;
/** Up to 2 GiB, far above any record. */
const OCTAVES = 31;

/** Counts sizes in buckets that grow with them: any number of sizes in 8 KB of memory, and percentiles with a bounded error. */
export class SizeHistogram {
  readonly #buckets = new Float64Array(BUCKETS_PER_OCTAVE * (OCTAVES - OCTAVE_BITS + 1));
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  /** @param bytes a whole number below 2 GiB */
  add(bytes: number): void {
    const bucket = bucketOf(bytes);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += bytes;
    if (bytes < this.#min) this.#min = bytes;
    if (bytes > this.#max) this.#max = bytes;
  }

  /** Undefined while there are no sizes. */
  summary(): SizeSummary | undefined {
    if (this.#count === 0) return undefined;
    return {
      min: this.#min,
      avg: Math.round(this.#sum / this.#count),
      p50: this.#percentile(0.5),
      p99: this.#percentile(0.99),
      max: this.#max,
    };
  }

  /** The upper end of the bucket in which the percentile lies, but never more than the largest size. */
  #percentile(share: number): number {
    const rank = Math.ceil(this.#count * share);
    let seen = 0;
    for (const [bucket, count] of this.#buckets.entries()) {
      seen += count;
      if (seen >= rank) return Math.max(this.#min, Math.min(upperEndOf(bucket), this.#max));
    }
    return this.#max;
  }
}

/** Sizes below 32 have a bucket each; above, the five bits after the first decide. */
function bucketOf(bytes: number): number {
  if (bytes < BUCKETS_PER_OCTAVE) return bytes;
  const shift = 31 - Math.clz32(bytes) - OCTAVE_BITS;
  return BUCKETS_PER_OCTAVE * (shift + 1) + ((bytes >> shift) - BUCKETS_PER_OCTAVE);
}

function upperEndOf(bucket: number): number {
  if (bucket < BUCKETS_PER_OCTAVE) return bucket;
  const shift = Math.floor(bucket / BUCKETS_PER_OCTAVE) - 1;
  const first = (BUCKETS_PER_OCTAVE + (bucket % BUCKETS_PER_OCTAVE)) * 2 ** shift;
  return first + 2 ** shift - 1;
}
