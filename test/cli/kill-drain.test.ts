import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../support/seeded-random.js';
import { type FailedBatches, startFailedBatches } from './killing/failed-batches.js';
import { cutTornLine, type RunningDdbx, startDdbx, wholeLines } from './killing/process.js';
import { streamLines } from './killing/stream-lines.js';

const MESSAGES = 2_000;
const LANES = 4;
const KILLS_PER_LANE = 50;

let folder: string;
let random: () => number;
let failed: FailedBatches;
const running = new Set<RunningDdbx>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-kill-drain-'));
  random = seededRandom(20_261_124);
  failed = await startFailedBatches(MESSAGES, random, folder, { shards: 4, mostRecords: 3 });
});

afterEach(async () => {
  for (const each of running) await each.end('SIGKILL');
  await failed.sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** The files of one drain that is run again and again. */
function laneOf(name: string) {
  return { records: join(folder, `${name}.ndjson`), events: join(folder, `${name}.events`) };
}

function startDrain({ records, events }: ReturnType<typeof laneOf>, more: readonly string[]): RunningDdbx {
  const argv = ['dlq', 'drain', 'orders-failures', '--to', `file:${records}`, '--output', 'ndjson', ...more];
  const ddbx = startDdbx([...argv, '--visibility-timeout', '3s', '--concurrency', '2'], failed.sandbox.url, events);
  running.add(ddbx);
  return ddbx;
}

interface DeletedEvent {
  readonly type: string;
  readonly outcome?: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
}

/** The batches whose message a run says it has deleted. */
function deletedBatches(events: string): readonly string[] {
  return wholeLines(events)
    .map((line): DeletedEvent => JSON.parse(line))
    .filter(({ type, outcome }) => type === 'message' && outcome === 'deleted')
    .map(({ shardId, startSequenceNumber }) => `${shardId} ${startSequenceNumber}`);
}

/** What one run of a lane wrote and deleted. */
interface RunOutcome {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
}

describe('drains of one queue that are killed', () => {
  it('lose nothing, delete nothing that is not in a file, and repeat only what was not deleted', async () => {
    const batchOf = new Map(failed.batches.flatMap(({ key, recordIds }) => recordIds.map(id => [id, key] as const)));
    const recordsOf = new Map(failed.batches.map(({ key, recordIds }) => [key, recordIds]));
    const runs: RunOutcome[] = [];
    const inFiles = new Set<string>();

    const runLane = async (name: string): Promise<void> => {
      const lane = laneOf(name);
      for (let kill = 0; kill < KILLS_PER_LANE; kill += 1) {
        const written = wholeLines(lane.records).length;
        const deleted = deletedBatches(lane.events).length;
        const ddbx = startDrain(lane, ['--rate', '40', '--follow']);
        // One in four is killed wherever it is, perhaps before it has taken anything.
        if (kill % 4 !== 3) await ddbx.until(() => wholeLines(lane.records).length > written);
        await delay(random() * 150);
        const { exitCode, stderr } = await ddbx.end('SIGKILL');
        running.delete(ddbx);
        expect(exitCode, stderr).toBeNull();
        for (const path of [lane.records, lane.events]) if (wholeLines(path).length > 0) cutTornLine(path);
        const lines = wholeLines(lane.records).length === 0 ? [] : streamLines(lane.records).slice(written);
        const run = { written: lines.map(line => line.id), deleted: deletedBatches(lane.events).slice(deleted) };
        runs.push(run);
        for (const id of run.written) inFiles.add(id);
        const missing = run.deleted.flatMap(key => recordsOf.get(key) ?? [key]).filter(id => !inFiles.has(id));
        expect(missing, `run ${kill} of ${name} deleted what is in no file`).toEqual([]);
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(`lane-${lane}`)));
    expect(await failed.left()).toBeGreaterThan(0);

    const last = laneOf('last');
    const { exitCode, stderr } = await startDrain(last, ['--idle-timeout', '5s']).end();
    expect(exitCode, stderr).toBe(0);
    runs.push({ written: streamLines(last.records).map(line => line.id), deleted: deletedBatches(last.events) });

    expect(await failed.left()).toBe(0);
    const copies = new Map<string, number>();
    for (const id of runs.flatMap(run => run.written)) copies.set(id, (copies.get(id) ?? 0) + 1);
    expect([...batchOf.keys()].filter(id => !copies.has(id))).toEqual([]);
    expect([...copies.keys()].filter(id => !batchOf.has(id))).toEqual([]);

    // A record is in the files twice only where the run that wrote it first was killed before its message was deleted.
    const deletions = new Map<string, number>();
    for (const key of runs.flatMap(run => run.deleted)) deletions.set(key, (deletions.get(key) ?? 0) + 1);
    expect([...deletions.values()].filter(count => count > 1)).toEqual([]);
    for (const [id, count] of copies) {
      const key = batchOf.get(id) ?? '';
      const writers = runs.filter(run => run.written.includes(id));
      const withoutDeletion = writers.filter(run => !run.deleted.includes(key)).length;
      expect(withoutDeletion, `${id} is there ${count} times`).toBeGreaterThanOrEqual(count - 1);
    }
  }, 300_000);

  it('repeat nothing when they are interrupted, and give back what they hold', async () => {
    const lane = laneOf('interrupted');
    for (let interrupt = 0; interrupt < 4; interrupt += 1) {
      const before = wholeLines(lane.records).length;
      const ddbx = startDrain(lane, ['--rate', '100', '--follow']);
      await ddbx.until(() => wholeLines(lane.records).length > before);
      await delay(random() * 300);
      const { exitCode, stderr } = await ddbx.end('SIGINT');
      running.delete(ddbx);
      expect(exitCode, stderr).toBe(130);
    }
    // Everything is visible again at once: the last run does not wait for a visibility timeout.
    const { exitCode, stderr } = await startDrain(lane, ['--idle-timeout', '1s']).end();
    expect(exitCode, stderr).toBe(0);
    expect(await failed.left()).toBe(0);
    const ids = streamLines(lane.records).map(line => line.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(failed.batches.reduce((sum, batch) => sum + batch.recordIds.length, 0));
  });
});
