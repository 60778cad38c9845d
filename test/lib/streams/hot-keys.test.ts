import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HotKeys } from '../../../src/lib/streams/hot-keys.js';

function countExactly(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function sketchOf(keys: readonly string[], capacity?: number): HotKeys {
  const sketch = new HotKeys(capacity);
  for (const key of keys) sketch.add(key);
  return sketch;
}

/** Streams in which low letters are hot. */
const streams = fc
  .array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 400 })
  .map(pairs => pairs.map(([a, b]) => `key#${Math.min(a, b)}`));

describe('HotKeys', () => {
  it('keeps its bounds', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 12 }), (keys, capacity) => {
        const exact = countExactly(keys);
        const sketch = sketchOf(keys, capacity);
        const top = sketch.top(100);
        expect(sketch.total).toBe(keys.length);
        expect(top.length).toBe(Math.min(capacity, exact.size));
        expect(sketch.errorBound).toBeLessThanOrEqual(keys.length / capacity);
        expect(top.reduce((sum, { count }) => sum + count, 0)).toBe(keys.length);
        for (const { key, count, error } of top) {
          const truth = exact.get(key) ?? 0;
          expect(count - error).toBeLessThanOrEqual(truth);
          expect(truth).toBeLessThanOrEqual(count);
          expect(error).toBeLessThanOrEqual(sketch.errorBound);
        }
        const found = new Set(top.map(({ key }) => key));
        for (const [key, truth] of exact) if (!found.has(key)) expect(truth).toBeLessThanOrEqual(sketch.errorBound);
      }),
      { numRuns: 500 },
    );
  });

  it('is exact as long as every key has a counter', () => {
    fc.assert(
      fc.property(streams, keys => {
        const sketch = sketchOf(keys);
        expect(sketch.errorBound).toBe(0);
        expect(new Map(sketch.top(100).map(({ key, count }) => [key, count]))).toEqual(countExactly(keys));
      }),
    );
  });

  it('gives the hottest first', () => {
    const sketch = sketchOf(['b', 'a', 'c', 'a', 'b', 'a']);
    expect(sketch.top(2)).toEqual([
      { key: 'a', count: 3, error: 0 },
      { key: 'b', count: 2, error: 0 },
    ]);
    expect(sketch.top(9).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(new HotKeys().top(5)).toEqual([]);
  });

  it('puts the surer of two equal counts first', () => {
    expect(sketchOf(['a', 'b', 'a', 'c'], 2).top(2)).toEqual([
      { key: 'a', count: 2, error: 0 },
      { key: 'c', count: 2, error: 1 },
    ]);
  });

  it('finds a hot key in a flood of others with 1,024 counters', () => {
    const sketch = new HotKeys();
    for (let n = 0; n < 50_000; n++) sketch.add(n % 100 === 0 ? 'hot' : `cold#${n}`);
    expect(sketch.top(1)[0]?.key).toBe('hot');
    expect(sketch.top(5000)).toHaveLength(1024);
  });
});
