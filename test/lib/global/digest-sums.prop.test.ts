import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DigestSums } from '../../../src/lib/global/digest-sums.js';
import { digestOf, rangeOf } from '../../../src/lib/global/item-digest.js';

const SLOTS = 7;
const anItem = fc.record({ slot: fc.nat(SLOTS - 1), id: fc.string({ maxLength: 4 }), value: fc.nat(3) });
type AnItem = { readonly slot: number; readonly id: string; readonly value: number };

function sumsOf(items: readonly AnItem[]): DigestSums {
  const sums = new DigestSums(SLOTS);
  for (const { slot, id, value } of items) sums.add(slot, digestOf({ id: { S: id }, value: { N: String(value) } }));
  return sums;
}

const bag = (items: readonly AnItem[], slot: number): string =>
  items
    .filter(item => item.slot === slot)
    .map(item => JSON.stringify([item.id, item.value]))
    .sort()
    .join();

describe('sums of digests', () => {
  it('differ in exactly the slots whose items are not the same, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(anItem), fc.array(anItem), (left, right) => {
        const expected = Array.from({ length: SLOTS }, (_, slot) => slot).filter(
          slot => bag(left, slot) !== bag(right, slot),
        );
        expect(sumsOf(left).differingFrom(sumsOf(right))).toEqual(expected);
        expect(sumsOf(left).differingFrom(sumsOf([...left].reverse()))).toEqual([]);
      }),
    );
  });

  it('come back from their bytes', () => {
    fc.assert(
      fc.property(fc.array(anItem), items => {
        const sums = sumsOf(items);
        expect(new DigestSums(SLOTS, sums.toBytes()).differingFrom(sums)).toEqual([]);
      }),
    );
  });
});

describe('key ranges', () => {
  it('hold about the same number of keys each, also of keys that look alike', () => {
    const counts = new Array<number>(64).fill(0);
    for (let n = 0; n < 64_000; n += 1) {
      const range = rangeOf(`M["[\\"pk\\",\\"{\\\\\\"S\\\\\\":\\\\\\"order#${n}\\\\\\"}\\"]"]`, 64);
      counts[range] = (counts[range] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });
});
