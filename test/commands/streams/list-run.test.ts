import { describe, expect, it } from 'vitest';
import { runList } from '../../../src/commands/streams/list-run.js';
import type { ListOptions } from '../../../src/commands/streams/list.js';
import type { GlobalOptions } from '../../../src/context.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aMapping, aPipe, fakeConsumers, type FakeConsumersOptions } from '../../support/fake-consumers.js';
import { fakeContext } from '../../support/fake-context.js';
import type { FakeIoOptions } from '../../support/fake-io.js';
import { type FakeListedStreams, fakeListedStreams, type ListedStream } from '../../support/fake-listed-streams.js';
import { type FakeTable, fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 23, 12);
const labelOf = (hoursAgo: number) => new Date(nowMs - hoursAgo * HOUR_MS).toISOString().slice(0, -1);
const record = { sequenceNumber: '1', createdAtMs: nowMs - 5 * HOUR_MS };
const enabled: ListedStream = {
  tableName: 'Orders',
  label: labelOf(3),
  viewType: 'NEW_AND_OLD_IMAGES',
  shards: [
    { shardId: 'a', closed: true },
    { shardId: 'b', parentShardId: 'a' },
  ],
};
const old: ListedStream = {
  tableName: 'Orders',
  label: labelOf(50),
  status: 'DISABLED',
  viewType: 'KEYS_ONLY',
  shards: [{ shardId: 'c', closed: true, records: [record] }],
};

interface Parts {
  readonly options?: Partial<ListOptions>;
  readonly streams?: Readonly<Record<string, readonly ListedStream[]>>;
  readonly tables?: readonly FakeTable[];
  readonly consumers?: FakeConsumersOptions;
  readonly globals?: Partial<GlobalOptions>;
  readonly io?: FakeIoOptions;
  readonly prepare?: (gateway: FakeListedStreams) => void;
}

function list(parts: Parts) {
  const clock = fakeClock(nowMs);
  const streams = parts.streams ?? { 'eu-central-1': [old, enabled] };
  const context = fakeContext({
    clock,
    ...(parts.globals === undefined ? {} : { globals: parts.globals }),
    ...(parts.io === undefined ? {} : { io: parts.io }),
    aws: {
      streams: async region => {
        const gateway = fakeListedStreams({ clock, streams: streams[region] ?? [], region });
        parts.prepare?.(gateway);
        return gateway;
      },
      tables: async region => fakeTables(clock, parts.tables ?? [{ tableName: 'Orders' }], region),
      consumers: async () => fakeConsumers(parts.consumers),
    },
  });
  return { context, code: runList({ table: undefined, all: false, regions: [], ...parts.options }, context) };
}

describe('runList', () => {
  it('draws a row for each stream', async () => {
    const arn = fakeStreamArn('Orders', enabled.label);
    const { context, code } = list({ consumers: { consumers: [aMapping(arn), aPipe(arn)] } });
    expect(await code).toBe(0);
    expect(context.io.stdoutText).toBe(
      [
        'TABLE   STATUS    VIEW                OPEN  CLOSED    AGE  GONE IN  CONSUMERS                          LABEL',
        'Orders  ENABLED   NEW_AND_OLD_IMAGES     1       1     3h        -  orders-indexer, pipe orders-audit  2026-11-23T09:00:00.000',
        'Orders  DISABLED  KEYS_ONLY              0       1  2d 2h      19h  -                                  2026-11-21T10:00:00.000',
        '',
      ].join('\n'),
    );
  });

  it('shows a bound, and a question mark, for what cannot be known; --verbose says why', async () => {
    const { context, code } = list({
      consumers: { failing: { pipe: 'denied' } },
      io: { verbose: true },
      prepare: gateway => {
        gateway.fail('getRecords', 'denied');
      },
    });
    expect(await code).toBe(0);
    expect(context.io.stdoutText).toMatch(/KEYS_ONLY .* <= 21h +\? /);
    expect(context.io.stderrText).toContain('consumers of kind pipe are not known: ListPipes: Fake-denied');
  });

  it('looks at a global table in all its Regions', async () => {
    const { context, code } = list({
      options: { table: { tableName: 'Orders' } },
      tables: [{ tableName: 'Orders', replicaRegions: ['us-east-1', 'ap-south-1'] }],
      streams: { 'eu-central-1': [enabled], 'us-east-1': [enabled], 'ap-south-1': [enabled] },
    });
    expect(await code).toBe(0);
    expect(context.io.stdoutText.match(/(eu-central|us-east|ap-south)-1/g)).toEqual([
      'eu-central-1',
      'us-east-1',
      'ap-south-1',
    ]);
  });

  it('looks where it is told to', async () => {
    const { context, code } = list({
      options: { table: { tableName: 'Orders' }, regions: ['us-east-1'] },
      tables: [{ tableName: 'Orders', replicaRegions: ['us-east-1'] }],
      streams: { 'eu-central-1': [enabled], 'us-east-1': [old] },
      globals: { output: 'json' },
    });
    expect(await code).toBe(0);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ streams: [{ region: 'us-east-1', status: 'DISABLED' }] });
  });

  it('ends with 3 and names the Region that failed', async () => {
    const { context, code } = list({
      options: { regions: ['eu-central-1', 'us-east-1'] },
      streams: { 'eu-central-1': [enabled], 'us-east-1': [enabled] },
      prepare: gateway => {
        if (gateway.region === 'us-east-1') gateway.fail('listStreams', 'denied');
      },
    });
    expect(await code).toBe(3);
    expect(context.io.stdoutText).toContain('eu-central-1');
    expect(context.io.stderrText).toMatch(/^warning: us-east-1: Access denied/m);
  });

  it('fails as the Region does when there is no other', async () => {
    const { code } = list({
      prepare: gateway => {
        gateway.fail('listStreams', 'denied');
      },
    });
    await expect(code).rejects.toMatchObject({ kind: 'denied' });
  });

  it('names the command that turns a stream on where a table has none', async () => {
    const { context, code } = list({ options: { table: { tableName: 'Orders' } }, streams: {} });
    expect(await code).toBe(0);
    expect(context.io.stdoutText).toBe('');
    expect(context.io.stderrText).toContain('ddbx streams enable Orders --view new-and-old-images');
  });

  it('does not know a table that is not there, unless its streams outlive it', async () => {
    const parts = { options: { table: { tableName: 'Orders' } }, tables: [{ tableName: 'Ordres' }] };
    await expect(list({ ...parts, streams: {} }).code).rejects.toMatchObject({
      code: 'table-not-found',
      hint: expect.stringContaining('Ordres'),
    });
    const { context, code } = list({ ...parts, streams: { 'eu-central-1': [old] } });
    expect(await code).toBe(0);
    expect(context.io.stdoutText).toContain('DISABLED');
  });

  it('names the tables without a stream with --all', async () => {
    const { context, code } = list({
      options: { all: true },
      tables: [{ tableName: 'Customers' }, { tableName: 'Orders' }],
    });
    expect(await code).toBe(0);
    expect(context.io.stdoutText).toMatch(/^Customers +no stream$/m);
  });

  it('prints one event a line as ndjson, the summary last', async () => {
    const { context, code } = list({
      options: { all: true },
      tables: [{ tableName: 'Customers' }, { tableName: 'Orders' }],
      globals: { output: 'ndjson' },
    });
    expect(await code).toBe(0);
    const printed = context.io.stdoutText
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as object);
    expect(printed).toMatchObject([
      { type: 'stream', status: 'ENABLED', hoursLeft: null, openShards: 1, closedShards: 1 },
      { type: 'stream', status: 'DISABLED', hoursLeft: 19, lastRecordGoneAtIsExact: true },
      { type: 'table-without-stream', table: 'Customers' },
      { type: 'summary', streams: 2, enabled: 1, failed: [] },
    ]);
  });
});
