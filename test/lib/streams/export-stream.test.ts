import { describe, expect, it } from 'vitest';
import { ExitCode } from '../../../src/lib/model/error.js';
import type { ExportFiles } from '../../../src/lib/streams/export-files.js';
import { formatManifest, parseManifest } from '../../../src/lib/streams/export-manifest.js';
import {
  type ExportEvent,
  type ExportOptions,
  exportStream,
  type ReadEvents,
} from '../../../src/lib/streams/export-stream.js';
import { manifestPathOf } from '../../../src/lib/streams/export-target.js';
import type { ReadEvent, ReadOptions } from '../../../src/lib/streams/read-events.js';
import { compileRedaction } from '../../../src/lib/streams/redact.js';
import { fakeClock } from '../../support/fake-clock.js';
import { FragileDisk } from './fragile-disk.js';
import {
  collect,
  eventsOf,
  readScript,
  scriptSource,
  sequenceNumber,
  someRecords,
  START_MS,
  STREAM,
} from './scripted-stream.js';

const PATH = 'orders.ndjson';
const MANIFEST = manifestPathOf(PATH);
const opened = (shardId: string): ReadEvent => ({
  type: 'shard-opened',
  stream: STREAM,
  shardId,
  parentShardId: undefined,
  position: { kind: 'trim-horizon' },
});
const page = (shardId: string, count: number, first = 1): ReadEvent => ({
  type: 'page',
  stream: STREAM,
  shardId,
  records: someRecords(count, first),
});
const gone = (shardId: string): ReadEvent => ({
  type: 'gap',
  stream: STREAM,
  shardId,
  reason: 'shard-gone',
  fromSequenceNumber: sequenceNumber(3),
  fromMs: START_MS,
  toSequenceNumber: undefined,
  toMs: undefined,
});

function anExport(files: ExportFiles, overrides: Partial<ExportOptions> = {}): ExportOptions {
  return {
    source: scriptSource(),
    target: { kind: 'file', path: PATH, overwrite: false, files },
    request: { since: null, until: null, redact: [], filters: [] },
    sinceMs: undefined,
    untilMs: undefined,
    ...overrides,
  };
}

const manifestOf = (disk: FragileDisk) => parseManifest(disk.content(MANIFEST).toString(), MANIFEST);
const script =
  (...events: readonly ReadEvent[]): ReadEvents =>
  () =>
    eventsOf(events);
const never: ReadEvents = () => {
  throw new Error('nothing was to be read');
};
const outcomeOf = (events: readonly ExportEvent[]) => {
  const last = events.at(-1);
  return last?.type === 'summary' ? last.outcome : undefined;
};

describe('exportStream', () => {
  it('writes records as Lambda delivers them, with their shard', async () => {
    const disk = new FragileDisk();
    const events = await collect(exportStream(anExport(disk), script(opened('shard-1'), page('shard-1', 2))));
    expect(outcomeOf(events)).toBe('complete');
    const [first, second] = disk
      .content(PATH)
      .toString()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(first).toMatchObject({ eventName: 'MODIFY', eventSourceARN: STREAM.streamArn, shardId: 'shard-1' });
    expect(second.dynamodb.SequenceNumber).toBe(sequenceNumber(2));
  });

  it('says in the manifest what there is', async () => {
    const disk = new FragileDisk();
    await collect(
      exportStream(
        anExport(disk),
        script(
          opened('shard-1'),
          page('shard-1', 2),
          { type: 'shard-ended', stream: STREAM, shardId: 'shard-1' },
          gone('shard-0'),
        ),
      ),
    );
    expect(manifestOf(disk)).toEqual({
      version: 1,
      streamArn: STREAM.streamArn,
      tableName: 'Orders',
      region: 'us-east-1',
      startedAt: '2026-11-22T00:13:19Z',
      complete: true,
      committedBytes: disk.content(PATH).length,
      since: null,
      until: null,
      request: { since: null, until: null, redact: [], filters: [] },
      records: 2,
      shards: {
        'shard-1': {
          records: 2,
          firstSequenceNumber: sequenceNumber(1),
          lastSequenceNumber: sequenceNumber(2),
          firstAt: '2026-11-22T00:13:19Z',
          lastAt: '2026-11-22T00:13:20Z',
          ended: true,
        },
        'shard-0': {
          records: 0,
          firstSequenceNumber: null,
          lastSequenceNumber: null,
          firstAt: null,
          lastAt: null,
          ended: true,
        },
      },
      gaps: [
        {
          shardId: 'shard-0',
          reason: 'shard-gone',
          fromSequenceNumber: sequenceNumber(3),
          fromAt: '2026-11-22T00:13:19Z',
          toSequenceNumber: null,
          toAt: null,
        },
      ],
    });
  });

  it('goes on behind each shard, from the same span as before, whatever the time is now', async () => {
    const disk = new FragileDisk();
    const stop = new AbortController();
    const asked = { request: { since: '6h', until: null, redact: [], filters: [] }, untilMs: undefined };
    const events = exportStream(
      anExport(disk, { ...asked, sinceMs: START_MS, source: scriptSource(fakeClock(START_MS), stop.signal) }),
      script(
        opened('shard-1'),
        page('shard-1', 2),
        { type: 'shard-ended', stream: STREAM, shardId: 'shard-1' },
        opened('shard-2'),
        page('shard-2', 3, 10),
        opened('shard-3'),
      ),
    );
    for await (const event of events) if (event.type === 'shard-opened' && event.shardId === 'shard-3') stop.abort();
    expect(manifestOf(disk)).toMatchObject({ complete: false, records: 5 });

    let start: ReadOptions['start'] | undefined;
    const again = await collect(
      exportStream(anExport(disk, { ...asked, sinceMs: START_MS + 3_600_000 }), options => {
        start = options.start;
        return eventsOf([page('shard-2', 1, 13)]);
      }),
    );
    expect(start).toEqual({
      from: 'positions',
      positions: new Map([
        ['shard-1', { kind: 'ended' }],
        ['shard-2', { kind: 'after', sequenceNumber: sequenceNumber(12), atMs: START_MS + 2_000 }],
        ['shard-3', { kind: 'since', sinceMs: START_MS }],
      ]),
    });
    expect(again[0]).toMatchObject({ type: 'export-started', resumed: true });
    expect(manifestOf(disk)).toMatchObject({ complete: true, records: 6, since: '2026-11-22T00:13:19Z' });
  });

  it('writes only records of the span', async () => {
    const disk = new FragileDisk();
    const options = anExport(disk, { sinceMs: START_MS + 2_000, untilMs: START_MS + 5_000 });
    await collect(exportStream(options, script(page('shard-1', 8))));
    expect(manifestOf(disk).shards['shard-1']).toMatchObject({
      records: 3,
      firstAt: '2026-11-22T00:13:21Z',
      lastAt: '2026-11-22T00:13:23Z',
    });
  });

  it('redacts', async () => {
    const disk = new FragileDisk();
    await collect(exportStream(anExport(disk, { redact: compileRedaction(['total']) }), script(page('shard-1', 1))));
    expect(disk.content(PATH).toString()).not.toContain('"42"');
    expect(disk.content(PATH).toString()).toContain('[redacted]');
  });

  it('reads nothing when the export is complete', async () => {
    const disk = new FragileDisk();
    await collect(exportStream(anExport(disk), script(page('shard-1', 2))));
    const before = disk.content(PATH);
    expect(outcomeOf(await collect(exportStream(anExport(disk), never)))).toBe('unchanged');
    expect(disk.content(PATH)).toEqual(before);
  });

  it('begins anew with overwrite', async () => {
    const disk = new FragileDisk();
    await collect(exportStream(anExport(disk), script(page('shard-1', 9))));
    const target = { kind: 'file', path: PATH, overwrite: true, files: disk } as const;
    await collect(exportStream(anExport(disk, { target }), script(page('shard-2', 1))));
    expect(manifestOf(disk)).toMatchObject({ records: 1, committedBytes: disk.content(PATH).length });
  });

  it('commits every five seconds', async () => {
    const disk = new FragileDisk();
    const clock = fakeClock(START_MS);
    const shards = [{ shardId: 'shard-1', records: someRecords(12), ended: false }];
    const events = await collect(
      exportStream(anExport(disk, { source: scriptSource(clock) }), readScript(shards, { clock, pageSize: 1 })),
    );
    const committed = events.flatMap(event => (event.type === 'export-committed' ? event.records : []));
    expect(committed).toEqual([5, 10, 12]);
  });

  it('commits what it has when reading fails', async () => {
    const disk = new FragileDisk();
    const failing = async function* (): AsyncGenerator<ReadEvent> {
      yield page('shard-1', 4);
      throw new Error('the endpoint is gone');
    };
    await expect(collect(exportStream(anExport(disk), failing))).rejects.toThrow('the endpoint is gone');
    expect(manifestOf(disk)).toMatchObject({ complete: false, records: 4, committedBytes: disk.content(PATH).length });
  });

  it('is not complete when the stream was deleted meanwhile', async () => {
    const disk = new FragileDisk();
    const deleted: ReadEvent = { type: 'stream-ended', stream: STREAM, reason: 'deleted' };
    await expect(collect(exportStream(anExport(disk), script(page('shard-1', 4), deleted)))).rejects.toMatchObject({
      code: 'stream-deleted',
    });
    expect(manifestOf(disk)).toMatchObject({ complete: false, records: 4 });
  });

  it('does not look again for what was told to be gone', async () => {
    const disk = new FragileDisk();
    const deleted: ReadEvent = { type: 'stream-ended', stream: STREAM, reason: 'deleted' };
    await collect(
      exportStream(anExport(disk), script(opened('shard-0'), gone('shard-0'), page('shard-1', 1), deleted)),
    ).catch(() => {});
    let start: ReadOptions['start'] | undefined;
    await collect(
      exportStream(anExport(disk), options => {
        start = options.start;
        return eventsOf([]);
      }),
    );
    expect(start?.from === 'positions' && start.positions.get('shard-0')).toEqual({ kind: 'ended' });
    expect(manifestOf(disk).gaps).toHaveLength(1);
  });

  it('claims nothing more once a write has failed, even if the next would do', async () => {
    const disk = new FragileDisk();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    let failures = 0;
    const files: ExportFiles = {
      size: path => disk.size(path),
      readText: path => disk.readText(path),
      replaceText: (path, text) => disk.replaceText(path, text),
      openAt: async (path, length) => {
        const file = await disk.openAt(path, length);
        return {
          ...file,
          write: async bytes => {
            if (failures > 0 || !bytes.includes(sequenceNumber(3))) return file.write(bytes);
            failures += 1;
            await file.write(bytes.subarray(0, 10));
            throw full;
          },
        };
      },
    };
    const run = collect(exportStream(anExport(files), script(page('shard-1', 2), page('shard-1', 2, 3))));
    await expect(run).rejects.toMatchObject({ code: 'export-not-written', exitCode: ExitCode.failed });
    await expect(run).rejects.toHaveProperty('hint', expect.stringContaining('Free space'));
    expect(manifestOf(disk)).toMatchObject({ records: 0, committedBytes: 0 });

    await collect(exportStream(anExport(files), script(page('shard-1', 4))));
    expect(disk.content(PATH).toString().trimEnd().split('\n')).toHaveLength(4);
  });

  it('writes to a pipe without a manifest, and flushes it before it says that it is complete', async () => {
    const told: string[] = [];
    const target = {
      kind: 'pipe',
      write: async (lines: Buffer) => {
        told.push(`${lines.toString().trimEnd().split('\n').length} lines`);
      },
      flush: async () => {
        told.push('flushed');
      },
    } as const;
    const disk = new FragileDisk();
    for await (const event of exportStream(
      anExport(disk, { target }),
      script(page('shard-1', 2), page('shard-1', 1, 3)),
    )) {
      if (event.type === 'summary') told.push(event.outcome);
    }
    expect(told).toEqual(['2 lines', '1 lines', 'flushed', 'flushed', 'complete']);
  });

  describe('refuses', () => {
    const begun = async () => {
      const disk = new FragileDisk();
      await collect(exportStream(anExport(disk), script(page('shard-1', 3))));
      const manifest = manifestOf(disk);
      await disk.replaceText(MANIFEST, formatManifest({ ...manifest, complete: false }));
      return disk;
    };
    const expectRefused = async (disk: FragileDisk, code: string, overrides: Partial<ExportOptions> = {}) => {
      const before = disk.content(PATH);
      await expect(collect(exportStream(anExport(disk, overrides), never))).rejects.toMatchObject({ code });
      expect(disk.content(PATH)).toEqual(before);
    };

    it('a file that nothing is known of', async () => {
      await expectRefused(new FragileDisk(9, new Map([[PATH, Buffer.from('precious')]])), 'export-file-exists');
    });

    it('a file that lost a part', async () => {
      const disk = await begun();
      await disk.openAt(PATH, 10);
      await expectRefused(disk, 'export-file-too-short');
    });

    it('the export of another stream', async () => {
      const stream = { ...STREAM, streamArn: STREAM.streamArn.replace('2026', '2025') };
      await expectRefused(await begun(), 'export-of-another-stream', { source: { ...scriptSource(), stream } });
    });

    it('other options than those it was begun with', async () => {
      const request = { since: '6h', until: null, redact: [], filters: [] };
      await expectRefused(await begun(), 'export-of-another-request', { request, sinceMs: START_MS });
    });

    it('a manifest that is damaged', async () => {
      const disk = await begun();
      await disk.replaceText(MANIFEST, disk.content(MANIFEST).toString().slice(0, -20));
      await expectRefused(disk, 'export-manifest-damaged');
    });

    it('what is no file', async () => {
      const disk = new FragileDisk();
      const files: ExportFiles = {
        ...disk,
        size: async () => 'not-a-file',
        readText: async () => undefined,
        replaceText: async () => {},
        openAt: (path, length) => disk.openAt(path, length),
      };
      await expect(collect(exportStream(anExport(files), never))).rejects.toMatchObject({ code: 'export-not-written' });
    });

    it('a path that cannot be written, before it reads', async () => {
      const disk = new FragileDisk();
      disk.failure = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      await expect(collect(exportStream(anExport(disk), never))).rejects.toMatchObject({
        code: 'export-not-written',
        message: `The export to ${PATH} cannot be written: EACCES: permission denied`,
        hint: expect.stringContaining('Choose a path'),
      });
    });
  });
});
