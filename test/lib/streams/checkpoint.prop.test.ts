import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '../../../src/lib/streams/checkpoint.js';
import type { ShardPosition } from '../../../src/lib/streams/read-events.js';
import { DdbxError } from '../../../src/lib/model/error.js';
import { nastyText } from './records.js';

const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const sequenceNumber = fc.bigInt(0n, 10n ** 40n - 1n).map(String);
const position: fc.Arbitrary<ShardPosition> = fc.oneof(
  fc.constant<ShardPosition>({ kind: 'trim-horizon' }),
  fc.constant<ShardPosition>({ kind: 'ended' }),
  instant.map((atMs): ShardPosition => ({ kind: 'ended', atMs })),
  instant.map((sinceMs): ShardPosition => ({ kind: 'since', sinceMs })),
  sequenceNumber.map((each): ShardPosition => ({ kind: 'at', sequenceNumber: each })),
  fc
    .tuple(sequenceNumber, instant)
    .map(([each, atMs]): ShardPosition => ({ kind: 'after', sequenceNumber: each, atMs })),
);
const name = fc.oneof(
  nastyText,
  fc.constantFrom('__proto__', 'constructor', '0', 'shardId-00000001795306399123-1a2b3c4d'),
);
const shards = fc.array(fc.tuple(name, position), { maxLength: 8 }).map(entries => new Map(entries));
const checkpoint: fc.Arbitrary<Checkpoint> = fc
  .array(fc.tuple(name, shards), { maxLength: 4 })
  .map(entries => ({ streams: new Map(entries) }));

/** Maps without their order, which JSON does not keep for names that look like numbers. */
function sorted(value: Checkpoint) {
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
  return [...value.streams].sort(byName).map(([arn, each]) => [arn, [...each].sort(byName)]);
}

describe('a checkpoint', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(checkpoint, instant, (written, nowMs) => {
        const text = formatCheckpoint(written, nowMs);
        expect(text.endsWith('}\n')).toBe(true);
        expect(sorted(parseCheckpoint(text, 'orders.json'))).toEqual(sorted(written));
      }),
    );
  });

  it('that was cut off anywhere is refused, not half read', () => {
    fc.assert(
      fc.property(checkpoint, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (written, share) => {
        const text = formatCheckpoint(written, 0).trimEnd();
        expect(() => parseCheckpoint(text.slice(0, Math.floor(text.length * share)), 'orders.json')).toThrow(DdbxError);
      }),
    );
  });
});
