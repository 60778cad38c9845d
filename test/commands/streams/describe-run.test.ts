import { describe, expect, it } from 'vitest';
import { runDescribe } from '../../../src/commands/streams/describe-run.js';
import type { DescribeOptions } from '../../../src/commands/streams/describe.js';
import type { GlobalOptions } from '../../../src/context.js';
import { parseTableRef } from '../../../src/lib/aws/arn.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeContext } from '../../support/fake-context.js';
import { fakeListedStreams } from '../../support/fake-listed-streams.js';
import { type FakeTable, fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 23, 12);
const label = '2026-11-20T10:11:12.000';
const arn = fakeStreamArn('Orders', label);
const at = (sequenceNumber: string, hoursAgo: number) => ({ sequenceNumber, createdAtMs: nowMs - hoursAgo * HOUR_MS });
const shards = [
  { shardId: 'shardId-1', closed: true, records: [at('100', 20), at('200', 10)] },
  { shardId: 'shardId-2', parentShardId: 'shardId-1', closed: true, records: [at('300', 9.5)] },
  { shardId: 'shardId-3', parentShardId: 'shardId-1', records: [at('400', 9)] },
  { shardId: 'shardId-4', parentShardId: 'shardId-2' },
];

function describeIt(
  parts: {
    readonly options?: Partial<DescribeOptions>;
    readonly table?: Omit<FakeTable, 'tableName'>;
    readonly globals?: Partial<GlobalOptions>;
  } = {},
) {
  const clock = fakeClock(nowMs);
  const gateway = fakeListedStreams({ clock, streams: [{ tableName: 'Orders', label, shards }] });
  const enabled = { streamViewType: 'NEW_IMAGE', latestStreamArn: arn } as const;
  const tables = fakeTables(clock, [{ tableName: 'Orders', ...(parts.table ?? enabled) }]);
  const context = fakeContext({
    clock,
    io: { verbose: true },
    ...(parts.globals === undefined ? {} : { globals: parts.globals }),
    aws: { tables: async () => tables, streams: async () => gateway },
  });
  const options = { table: { tableName: 'Orders' }, peek: true, ...parts.options };
  return { context, gateway, tables, code: runDescribe(options, context) };
}

describe('runDescribe', () => {
  it('draws the lineage with ranges, ages and what is left', async () => {
    const { context, code } = describeIt();
    expect(await code).toBe(0);
    expect(context.io.stdoutText).toBe(
      [
        'table      Orders (eu-central-1)',
        `stream     ${arn}`,
        'status     ENABLED',
        'view type  NEW_IMAGE',
        'created    2026-11-20T10:11:12Z (3d 1h ago)',
        'shards     4 shards: 2 open, 2 closed',
        '',
        'shardId-1  closed  100 .. 200  oldest 2026-11-22T16:00:00Z, 4 h left',
        '├─ shardId-2  closed  300 .. 300  oldest 2026-11-23T02:30:00Z, 14.5 h left',
        '│  └─ shardId-4  open  100 ..  nothing yet',
        '└─ shardId-3  open  400 ..  oldest 2026-11-23T03:00:00Z, 15 h left',
        '',
      ].join('\n'),
    );
    expect(context.io.stderrText).toContain('GetRecords requests that AWS may charge: 7');
  });

  it('costs nothing with --no-peek', async () => {
    const { context, gateway, code } = describeIt({ options: { peek: false } });
    expect(await code).toBe(0);
    expect(gateway.count('getRecords')).toBe(0);
    expect(context.io.stdoutText).toContain('└─ shardId-3  open  400 ..\n');
  });

  it('describes the stream of an ARN without asking for its table', async () => {
    const { context, tables, code } = describeIt({ options: { table: parseTableRef(arn) }, table: {} });
    expect(await code).toBe(0);
    expect(tables.calls).toEqual([]);
    expect(context.io.stdoutText).toContain(arn);
  });

  it('names the command for a table without a stream', async () => {
    await expect(describeIt({ table: {} }).code).rejects.toMatchObject({
      code: 'stream-not-enabled',
      hint: expect.stringContaining('ddbx streams enable Orders'),
    });
  });

  it('prints the shards in a list and as a tree as json', async () => {
    const { context, code } = describeIt({ globals: { output: 'json' } });
    expect(await code).toBe(0);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      stream: { table: 'Orders', streamArn: arn, openShards: 2, closedShards: 2 },
      shards: [
        { shardId: 'shardId-1', open: false, startingSequenceNumber: '100', endingSequenceNumber: '200', hoursLeft: 4 },
        { shardId: 'shardId-2', parentShardId: 'shardId-1', hoursLeft: 14.5 },
        { shardId: 'shardId-3', open: true, endingSequenceNumber: null, oldestRecordAt: '2026-11-23T03:00:00Z' },
        { shardId: 'shardId-4', look: 'not-found', oldestRecordAt: null, hoursLeft: null },
      ],
      lineage: [
        {
          shardId: 'shardId-1',
          children: [
            { shardId: 'shardId-2', children: [{ shardId: 'shardId-4', children: [] }] },
            { shardId: 'shardId-3', children: [] },
          ],
        },
      ],
    });
  });

  it('prints one shard a line as ndjson, the summary last', async () => {
    const { context, code } = describeIt({ globals: { output: 'ndjson' } });
    expect(await code).toBe(0);
    const types = context.io.stdoutText
      .trimEnd()
      .split('\n')
      .map(line => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['shard', 'shard', 'shard', 'shard', 'summary']);
  });
});
