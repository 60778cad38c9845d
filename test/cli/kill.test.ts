import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../support/seeded-random.js';
import { type ChangingTable, startChangingTable } from './killing/changing-table.js';
import { cutTornLine, type RunningDdbx, startDdbx, wholeLines } from './killing/process.js';
import { coverageOf, type StreamLine, streamLines } from './killing/stream-lines.js';

let folder: string;
let table: ChangingTable;
let random: () => number;
let running: RunningDdbx | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-kill-'));
  random = seededRandom(20_261_123);
  table = await startChangingTable(random);
});

afterEach(async () => {
  await running?.end('SIGKILL');
  await table.sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

function start(argv: readonly string[], appendTo: string): RunningDdbx {
  running = startDdbx(argv, table.sandbox.url, appendTo);
  return running;
}

describe('tail --checkpoint', () => {
  const argv = () =>
    ['streams', 'tail', 'Orders', '--from', 'trim-horizon', '--poll-interval', '50ms', '--output', 'ndjson'].concat(
      '--checkpoint',
      join(folder, 'orders.ckpt'),
    );

  it('loses nothing when it is killed, and repeats only what no checkpoint covered', async () => {
    const out = join(folder, 'out.ndjson');
    const checkpoint = join(folder, 'orders.ckpt');
    const stages: { readonly covers: (line: StreamLine) => boolean; readonly lines: readonly StreamLine[] }[] = [];
    for (let kill = 0; kill < 8; kill += 1) {
      const before = stages.at(-1)?.lines.length ?? 0;
      const ddbx = start(argv(), out);
      const changing = table.change(40);
      // One in four is killed wherever it is, perhaps before it has read anything; the others while records come or after a checkpoint.
      if (kill % 4 !== 3) await ddbx.until(() => wholeLines(out).length > before);
      await delay(random() * 1_300);
      await ddbx.end('SIGKILL');
      await changing;
      cutTornLine(out);
      stages.push({ covers: coverageOf(checkpoint), lines: streamLines(out) });
    }
    const last = await start([...argv(), '--no-follow'], out).end();
    expect(last.exitCode, last.stderr).toBe(0);

    const lines = streamLines(out);
    expectEveryChangeInOrder(lines);
    for (const [index, { covers, lines: written }] of stages.entries()) {
      const ids = new Set(written.map(line => line.id));
      const claimed = lines.filter(line => covers(line) && !ids.has(line.id));
      expect(claimed, `checkpoint ${index} covers records that were not written`).toEqual([]);
      const repeated = (stages[index + 1]?.lines ?? lines).slice(written.length).filter(line => ids.has(line.id));
      expect(repeated.filter(covers), `run ${index + 1} repeats what its checkpoint covered`).toEqual([]);
      expect(new Set(repeated.map(line => line.id)).size, `run ${index + 1} repeats itself`).toBe(repeated.length);
    }
  });

  it('repeats nothing when it is interrupted', async () => {
    const out = join(folder, 'out.ndjson');
    for (let interrupt = 0; interrupt < 5; interrupt += 1) {
      const before = wholeLines(out).length;
      const ddbx = start(argv(), out);
      const changing = table.change(40);
      await ddbx.until(() => wholeLines(out).length > before);
      await delay(random() * 200);
      const { exitCode, stderr } = await ddbx.end('SIGINT');
      expect(exitCode, stderr).toBe(130);
      await changing;
    }
    const last = await start([...argv(), '--no-follow'], out).end();
    expect(last.exitCode, last.stderr).toBe(0);
    const lines = streamLines(out);
    expect(lines).toHaveLength(table.changes());
    expectEveryChangeInOrder(lines);
  });
});

describe('export', () => {
  it('holds the stream exactly once after it was killed and run again', async () => {
    const file = join(folder, 'orders.ndjson');
    const nowhere = join(folder, 'stdout');
    const argv = ['streams', 'export', 'Orders', '--to', file, '--max-rps', '15'];
    await table.change(20);
    table.sandbox.control.seedRecords({ table: 'Orders', count: 12_000 });
    await table.change(20);
    table.sandbox.control.seedRecords({ table: 'Orders', count: 12_000 });

    let kills = 0;
    for (; kills < 6; kills += 1) {
      const size = wholeLines(file).length;
      const ddbx = start(argv, nowhere);
      await ddbx.until(() => existsSync(file) && wholeLines(file).length !== size);
      await delay(random() * 500);
      const { exitCode } = await ddbx.end('SIGKILL');
      if (exitCode !== null) break;
    }
    expect(kills).toBeGreaterThan(1);
    const last = await start(argv, nowhere).end();
    expect(last.exitCode, last.stderr).toBe(0);

    const whole = join(folder, 'whole.ndjson');
    const again = await start(['streams', 'export', 'Orders', '--to', '-'], whole).end();
    expect(again.exitCode, again.stderr).toBe(0);
    expect(idsByShard(streamLines(file))).toEqual(idsByShard(streamLines(whole)));
    expect(streamLines(whole)).toHaveLength(24_000 + table.changes());
  });
});

/** Each change at least once, and the first sights of each item's changes in the order in which they were made. */
function expectEveryChangeInOrder(lines: readonly StreamLine[]): void {
  const first = new Map(lines.toReversed().map(line => [line.change, line]));
  expect([...first.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: table.changes() }, (_, at) => at + 1));
  const seen = new Set<number>();
  const latest = new Map<string, number>();
  for (const { item, change } of lines) {
    if (seen.has(change)) continue;
    seen.add(change);
    expect(change).toBeGreaterThan(latest.get(item) ?? 0);
    latest.set(item, change);
  }
}

function idsByShard(lines: readonly StreamLine[]): ReadonlyMap<string, readonly string[]> {
  const byShard = new Map<string, string[]>();
  for (const { shardId, id } of lines) {
    const ids = byShard.get(shardId) ?? [];
    ids.push(id);
    byShard.set(shardId, ids);
  }
  return new Map([...byShard].sort(([a], [b]) => (a < b ? -1 : 1)));
}
