import { describe, expect, it } from 'vitest';
import { runDisable, runEnable, runSetView } from '../../../src/commands/streams/change-run.js';
import type { ChangeOptions, GlobalOptions } from '../../../src/context.js';
import { parseTableRef } from '../../../src/lib/aws/arn.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { aMapping, aPipe, fakeConsumers, type FakeConsumersOptions } from '../../support/fake-consumers.js';
import { fakeContext } from '../../support/fake-context.js';
import type { FakeIoOptions } from '../../support/fake-io.js';
import { type FakeTable, type FakeTables, fakeStreamArn, fakeTables, UPDATING_MS } from '../../support/fake-tables.js';

const arn = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const startMs = Date.UTC(2026, 10, 23, 10);
const table = { tableName: 'Orders' };
const safe: ChangeOptions = { dryRun: false, yes: false, showAws: false };
const sure: ChangeOptions = { ...safe, yes: true };
const terminal = { stdinTty: true, stderrTty: true, progress: false } as const;

interface Parts {
  readonly table?: Omit<FakeTable, 'tableName'>;
  readonly io?: FakeIoOptions;
  readonly globals?: Partial<GlobalOptions>;
  readonly consumers?: FakeConsumersOptions;
  readonly signal?: AbortSignal;
}

function setUp(parts: Parts = {}) {
  const clock: FakeClock = fakeClock(startMs);
  const tables: FakeTables = fakeTables(clock, [
    { tableName: 'Orders', ...(parts.table ?? { streamViewType: 'KEYS_ONLY', latestStreamArn: arn }) },
  ]);
  const context = fakeContext({
    clock,
    ...(parts.io === undefined ? {} : { io: parts.io }),
    ...(parts.globals === undefined ? {} : { globals: parts.globals }),
    ...(parts.signal === undefined ? {} : { signal: parts.signal }),
    aws: { tables: async () => tables, consumers: async () => fakeConsumers(parts.consumers) },
  });
  return { clock, tables, context };
}

const lines = (text: string): readonly Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);

describe('runEnable', () => {
  it('turns a stream on, waits, and prints its ARN', async () => {
    const { tables, context } = setUp({ table: {} });
    expect(await runEnable({ table, viewType: 'NEW_IMAGE', wait: true, ...safe }, context)).toBe(0);
    const found = await tables.describeTable('Orders');
    expect(found).toMatchObject({ status: 'ACTIVE', streamViewType: 'NEW_IMAGE' });
    expect(context.io.stdoutText).toBe(
      `Orders (eu-central-1): stream enabled with NEW_IMAGE\n  ${found.latestStreamArn}\n`,
    );
  });

  it('says unchanged, and does nothing, when it is on with that view', async () => {
    const { tables, context } = setUp();
    expect(await runEnable({ table, viewType: 'KEYS_ONLY', wait: true, ...safe }, context)).toBe(0);
    expect(tables.changes).toEqual([]);
    expect(context.io.stdoutText).toContain('unchanged, the stream is enabled with KEYS_ONLY');
    expect(context.io.stderrText).toBe('');
  });

  it('waits for an earlier request that is still under way', async () => {
    const { clock, tables, context } = setUp({ table: {} });
    await tables.enableStream('Orders', 'NEW_IMAGE');
    expect(await runEnable({ table, viewType: 'NEW_IMAGE', wait: true, ...safe }, context)).toBe(0);
    expect(clock.now()).toBeGreaterThanOrEqual(startMs + UPDATING_MS);
    expect(tables.changes).toEqual(['enableStream Orders']);
    expect(context.io.stdoutText).toContain('unchanged');
  });

  it('leaves at once with --no-wait, and says how to wait', async () => {
    const { clock, context } = setUp({ table: {} });
    expect(await runEnable({ table, viewType: 'NEW_IMAGE', wait: false, ...safe }, context)).toBe(0);
    expect(clock.now()).toBe(startMs);
    expect(context.io.stdoutText).toContain('ddbx wait Orders --for stream-enabled');
  });

  it('gives up when --timeout is over, and names the command line that goes on', async () => {
    const { context } = setUp({ table: {}, globals: { timeoutMs: 1_000, profile: 'staging' } });
    await expect(runEnable({ table, viewType: 'NEW_IMAGE', wait: true, ...safe }, context)).rejects.toMatchObject({
      exitCode: 6,
      hint: 'AWS goes on with what was begun. Pick it up again with: ddbx streams enable Orders --view new-image --region eu-central-1 --profile staging',
    });
  });
});

describe('runDisable', () => {
  it('asks for the name of the table, and disables when it is typed', async () => {
    const { tables, context } = setUp({ io: { ...terminal, stdin: 'Orders\n' } });
    expect(await runDisable({ table, wait: true, ...safe }, context)).toBe(0);
    expect((await tables.describeTable('Orders')).streamViewType).toBeUndefined();
    expect(context.io.stdoutText).toMatch(/stream disabled; its records are readable until 2026-11-24T10:00:0\d/);
    expect(context.io.stdoutText).toContain(arn);
  });

  it('changes nothing when something else is typed', async () => {
    const { tables, context } = setUp({ io: { ...terminal, stdin: 'orders\n' } });
    await expect(runDisable({ table, wait: true, ...safe }, context)).rejects.toMatchObject({
      code: 'not-confirmed',
      exitCode: 1,
    });
    expect(tables.changes).toEqual([]);
  });

  it('needs --yes where nobody can be asked, and says exactly that', async () => {
    const { tables, context } = setUp();
    await expect(runDisable({ table, wait: true, ...safe }, context)).rejects.toMatchObject({
      exitCode: 2,
      hint: 'add --yes',
    });
    expect(tables.changes).toEqual([]);
  });

  it('says first which consumers lose their source', async () => {
    const consumers = { consumers: [aMapping(arn), aPipe(arn)] };
    const { context } = setUp({ consumers, io: { ...terminal, stdin: 'no\n' } });
    await expect(runDisable({ table, wait: true, ...safe }, context)).rejects.toMatchObject({ code: 'not-confirmed' });
    expect(context.io.stderrText).toContain('These consumers lose their source:');
    expect(context.io.stderrText).toContain('event source mapping of orders-indexer (Enabled)');
    expect(context.io.stderrText).toContain('pipe orders-audit (RUNNING)');
  });

  it('says so when the consumers cannot be known', async () => {
    const { context } = setUp({ consumers: { failing: { pipe: 'denied' } } });
    await runDisable({ table, wait: true, ...sure }, context);
    expect(context.io.stderrText).toContain('Whether a pipe reads it is not known (ListPipes: Fake-denied).');
    expect(context.io.stderrText).not.toContain('No event source mapping and no pipe');
  });

  it('needs no question when the stream is off', async () => {
    const { tables, context } = setUp({ table: { latestStreamArn: arn } });
    expect(await runDisable({ table, wait: true, ...safe }, context)).toBe(0);
    expect(tables.changes).toEqual([]);
    expect(context.io.stdoutText).toContain('unchanged, the stream is off');
  });

  it('refuses the frozen stream of a global table before AWS is asked', async () => {
    const { tables, context } = setUp({
      table: { streamViewType: 'NEW_AND_OLD_IMAGES', latestStreamArn: arn, replicaRegions: ['us-east-1'] },
    });
    await expect(runDisable({ table, wait: true, ...sure }, context)).rejects.toMatchObject({ code: 'stream-frozen' });
    expect(tables.changes).toEqual([]);
  });

  it('refuses the ARN of an older stream: the table has another one now', async () => {
    const old = parseTableRef(fakeStreamArn('Orders', '2026-10-01T00:00:00.000'));
    const { tables, context } = setUp();
    await expect(runDisable({ table: old, wait: true, ...sure }, context)).rejects.toMatchObject({
      code: 'old-stream',
      exitCode: 2,
    });
    expect(tables.changes).toEqual([]);
    expect(await runDisable({ table: parseTableRef(arn), wait: true, ...sure }, context)).toBe(0);
  });
});

describe('runSetView', () => {
  it('shows the plan and the calls with --dry-run, and changes nothing', async () => {
    const { tables, context } = setUp({ consumers: { consumers: [aMapping(arn)] } });
    const dry = { ...safe, dryRun: true };
    expect(await runSetView({ table, viewType: 'NEW_IMAGE', ...dry }, context)).toBe(0);
    expect(tables.changes).toEqual([]);
    expect(context.io.stdoutText).toBe(
      [
        'Change the view of Orders (eu-central-1) from KEYS_ONLY to NEW_IMAGE, by a new stream:',
        `  1. disable ${arn}`,
        '     Its records stay readable by this ARN until they are 24 hours old, then they are gone.',
        '  2. enable a new stream with NEW_IMAGE',
        'Changes made to the table between the two steps are recorded by neither stream.',
        'These consumers stay at the old stream, and have to be made anew for the new one:',
        '  event source mapping of orders-indexer (Enabled), 14e0db71-5d35-4eb5-b481-8945cf9d10c2',
        'Other readers (KCL applications, checkpoints, code of your own) cannot be seen from here.',
        '$ aws dynamodb update-table --table-name Orders --stream-specification StreamEnabled=false --region eu-central-1',
        '$ aws dynamodb wait table-exists --table-name Orders --region eu-central-1',
        '$ aws dynamodb update-table --table-name Orders --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE --region eu-central-1',
        '$ aws dynamodb wait table-exists --table-name Orders --region eu-central-1',
        '',
      ].join('\n'),
    );
  });

  it('replaces the stream, and prints both ARNs', async () => {
    const { tables, context } = setUp();
    expect(await runSetView({ table, viewType: 'NEW_IMAGE', ...sure }, context)).toBe(0);
    expect(tables.changes).toEqual(['disableStream Orders', 'enableStream Orders']);
    const { latestStreamArn } = await tables.describeTable('Orders');
    expect(context.io.stdoutText).toContain(arn);
    expect(context.io.stdoutText).toContain(latestStreamArn);
  });

  it('prints each event and at last the summary as ndjson', async () => {
    const { tables, context } = setUp({ globals: { output: 'ndjson' }, consumers: { consumers: [aMapping(arn)] } });
    expect(await runSetView({ table, viewType: 'NEW_IMAGE', ...sure }, context)).toBe(0);
    const printed = lines(context.io.stdoutText);
    expect(printed.map(line => line['type'])).toEqual([
      'plan',
      'disabling',
      'disabled',
      'enabling',
      'enabled',
      'summary',
    ]);
    expect(printed.at(-1)).toMatchObject({
      table: 'Orders',
      changed: true,
      viewTypeBefore: 'KEYS_ONLY',
      viewType: 'NEW_IMAGE',
      oldStreamArn: arn,
      streamArn: (await tables.describeTable('Orders')).latestStreamArn,
      oldStreamReadableUntil: expect.stringMatching(/^2026-11-24T10:00:0\d/),
      consumers: [{ name: 'orders-indexer' }],
    });
    expect(context.io.stderrText).toBe('');
  });

  it('prints one document as json', async () => {
    const { context } = setUp({ globals: { output: 'json' } });
    const dry = { ...safe, dryRun: true };
    expect(await runSetView({ table, viewType: 'NEW_IMAGE', ...dry }, context)).toBe(0);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      changed: false,
      dryRun: true,
      steps: ['disable', 'enable'],
      viewType: 'KEYS_ONLY',
      streamArn: arn,
      oldStreamReadableUntil: null,
      awsCommands: { length: 4 },
    });
  });

  it('says what to run when it is stopped half way, and that finishes it without a question', async () => {
    const { clock, tables, context } = setUp();
    tables.failNext('enableStream', 'denied');
    await expect(runSetView({ table, viewType: 'NEW_IMAGE', ...sure }, context)).rejects.toMatchObject({
      kind: 'denied',
    });
    expect(context.io.stderrText).toContain(
      'Finish it with: ddbx streams set-view Orders --view new-image --yes --region eu-central-1',
    );
    const again = fakeContext({ clock, aws: { tables: async () => tables, consumers: async () => fakeConsumers() } });
    expect(await runSetView({ table, viewType: 'NEW_IMAGE', ...safe }, again)).toBe(0);
    expect((await tables.describeTable('Orders')).streamViewType).toBe('NEW_IMAGE');
  });

  it('does not speak of half a change when none was begun', async () => {
    const { context } = setUp({ table: {} });
    await expect(runSetView({ table, viewType: 'NEW_IMAGE', ...sure }, context)).rejects.toMatchObject({
      code: 'never-had-stream',
    });
    expect(context.io.stderrText).toBe('');
  });
});
