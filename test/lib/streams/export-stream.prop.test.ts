import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DdbxError } from '../../../src/lib/model/error.js';
import { parseManifest } from '../../../src/lib/streams/export-manifest.js';
import { exportStream } from '../../../src/lib/streams/export-stream.js';
import { manifestPathOf } from '../../../src/lib/streams/export-target.js';
import { fakeClock } from '../../support/fake-clock.js';
import { FragileDisk, PowerCut } from './fragile-disk.js';
import {
  readScript,
  type ScriptedShard,
  scriptSource,
  sequenceNumber,
  someRecords,
  START_MS,
} from './scripted-stream.js';

const REQUEST = { since: null, until: null, redact: [], filters: [] };

/** A root, two children, and a shard beside them; each with any number of records. */
const history: fc.Arbitrary<readonly ScriptedShard[]> = fc
  .record({
    counts: fc.array(fc.nat(14), { minLength: 4, maxLength: 4 }),
    endings: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  })
  .map(({ counts, endings }) =>
    ['shard-root', 'shard-left', 'shard-right', 'shard-beside'].map((shardId, index) => ({
      shardId,
      ...(index === 1 || index === 2 ? { parentShardId: 'shard-root' } : {}),
      records: someRecords(counts[index] ?? 0, 1 + index * 100),
      ended: index === 0 || (endings[index] ?? false),
    })),
  );

/** How one run ends before its time: the power goes at a step, or the consumer walks away after some events. */
const trouble = fc.oneof(
  fc.record({
    kind: fc.constant('power-cut' as const),
    steps: fc.nat(30),
    kept: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('abandoned' as const), events: fc.nat(20) }),
  fc.record({ kind: fc.constant('interrupted' as const), events: fc.nat(20) }),
);

interface Run {
  readonly disk: FragileDisk;
  readonly shards: readonly ScriptedShard[];
  readonly path: string;
  readonly pageSize: number;
  readonly pageMs: number;
  readonly stopAfterEvents?: number;
  readonly abortAfterEvents?: number;
}

async function exportOnce(run: Run): Promise<void> {
  const clock = fakeClock(START_MS);
  const stop = new AbortController();
  const { pageSize, pageMs } = run;
  const events = exportStream(
    {
      source: scriptSource(clock, stop.signal),
      target: { kind: 'file', path: run.path, overwrite: false, files: run.disk },
      request: REQUEST,
      sinceMs: undefined,
      untilMs: undefined,
    },
    readScript(run.shards, { clock, pageSize, pageMs }),
  );
  let seen = 0;
  for await (const _event of events) {
    seen += 1;
    if (seen === run.stopAfterEvents) break;
    if (seen === run.abortAfterEvents) stop.abort();
  }
}

function linesOf(path: string, bytes: Buffer): readonly { readonly shardId: string; readonly number: string }[] {
  const text = (path.endsWith('.gz') && bytes.length > 0 ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => {
      const { shardId, dynamodb } = JSON.parse(line) as { shardId: string; dynamodb: { SequenceNumber: string } };
      return { shardId, number: dynamodb.SequenceNumber };
    });
}

describe.each(['orders.ndjson', 'orders.ndjson.gz'])('an export to %s', path => {
  it('holds every record once, in order, however often it was cut off and run again', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(trouble, { maxLength: 6 }),
        fc.record({ pageSize: fc.integer({ min: 1, max: 5 }), pageMs: fc.constantFrom(100, 2_000, 6_000) }),
        async (shards, troubles, pace) => {
          let disk = new FragileDisk();
          for (const each of troubles) {
            if (each.kind === 'power-cut') {
              disk = new FragileDisk(each.steps, disk.survivors(1));
              await exportOnce({ disk, shards, path, ...pace }).catch(error => {
                expect(error instanceof DdbxError && error.cause).toBeInstanceOf(PowerCut);
              });
              disk = new FragileDisk(Number.POSITIVE_INFINITY, disk.survivors(each.kept));
            } else if (each.kind === 'abandoned') {
              await exportOnce({ disk, shards, path, ...pace, stopAfterEvents: each.events });
            } else {
              await exportOnce({ disk, shards, path, ...pace, abortAfterEvents: each.events });
            }
            expectTruthful(disk, path);
          }
          await exportOnce({ disk, shards, path, ...pace });

          const manifest = expectTruthful(disk, path);
          const lines = linesOf(path, disk.content(path));
          const total = shards.reduce((sum, shard) => sum + shard.records.length, 0);
          expect(manifest?.complete).toBe(true);
          expect(manifest?.records).toBe(total);
          for (const { shardId, records } of shards) {
            const numbers = lines.filter(line => line.shardId === shardId).map(line => line.number);
            expect(numbers).toEqual(records.map(record => record.sequenceNumber));
          }
          expect(lines).toHaveLength(total);
          expectParentsFirst(lines, shards);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

/** What the manifest claims is there, and can be read by itself. */
function expectTruthful(disk: FragileDisk, path: string) {
  if (!disk.has(manifestPathOf(path))) {
    expect(disk.has(path)).toBe(false);
    return undefined;
  }
  const manifest = parseManifest(disk.content(manifestPathOf(path)).toString('utf8'), manifestPathOf(path));
  const bytes = disk.has(path) ? disk.content(path) : Buffer.alloc(0);
  expect(bytes.length).toBeGreaterThanOrEqual(manifest.committedBytes);
  const lines = linesOf(path, bytes.subarray(0, manifest.committedBytes));
  expect(lines).toHaveLength(manifest.records);
  for (const [shardId, shard] of Object.entries(manifest.shards)) {
    const numbers = lines.filter(line => line.shardId === shardId).map(line => line.number);
    expect([numbers[0] ?? null, numbers.at(-1) ?? null, numbers.length]).toEqual([
      shard.firstSequenceNumber,
      shard.lastSequenceNumber,
      shard.records,
    ]);
  }
  return manifest;
}

function expectParentsFirst(lines: ReturnType<typeof linesOf>, shards: readonly ScriptedShard[]): void {
  for (const { shardId, parentShardId } of shards) {
    if (parentShardId === undefined) continue;
    const first = lines.findIndex(line => line.shardId === shardId);
    const lastOfParent = lines.findLastIndex(line => line.shardId === parentShardId);
    if (first >= 0) expect(first).toBeGreaterThan(lastOfParent);
  }
}

describe('the disk of these tests', () => {
  it('loses what was not synced', async () => {
    const disk = new FragileDisk(3);
    const file = await disk.openAt('a', 0);
    await file.write(Buffer.from(sequenceNumber(1)));
    await file.sync();
    await expect(file.write(Buffer.from('lost'))).rejects.toThrow(PowerCut);
    expect(disk.survivors(0).get('a')?.toString()).toBe(sequenceNumber(1));
    expect(disk.survivors(1).get('a')?.toString()).toBe(`${sequenceNumber(1)}lo`);
  });
});
