import { describe, expect, it } from 'vitest';
import { runAdvise } from '../../../src/commands/esm/advise-run.js';
import { runBlocked } from '../../../src/commands/esm/blocked-run.js';
import { runExplain } from '../../../src/commands/esm/explain-run.js';
import { runLint } from '../../../src/commands/esm/lint-run.js';
import { runList } from '../../../src/commands/esm/list-run.js';
import { runShow } from '../../../src/commands/esm/show-run.js';
import { parseMappingRef } from '../../../src/lib/esm/mapping-ref.js';
import { safeDefaults } from '../../../src/lib/esm/presets.js';
import { aMapping } from '../../support/fake-consumers.js';
import { fakeFunctionArn, fakeUuid } from '../../support/fake-mappings.js';
import { fakeStreamArn } from '../../support/fake-tables.js';
import { esmWorld, eventsOf, LABEL, startMs, STREAM } from './esm-world.js';

const mapping = parseMappingRef('Orders:orders-indexer');
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
const OLD = fakeStreamArn('Orders', '2026-11-01T00:00:00.000');
const queue = {
  ApproximateNumberOfMessages: '3',
  ApproximateNumberOfMessagesNotVisible: '2',
  VisibilityTimeout: '300',
  MessageRetentionPeriod: '1209600',
};
const age = (name = 'orders-indexer') => ({
  namespace: 'AWS/Lambda',
  name: 'IteratorAge',
  dimensions: { FunctionName: name },
});
const of = (name: string) => ({ ...age(), name });

describe('list', () => {
  it('shows state, iterator age, depth of the failure queue, and orphans', async () => {
    const { metrics, context } = esmWorld({
      mappings: [
        { settings: { onFailure: QUEUE } },
        {
          uuid: fakeUuid(2),
          functionArn: fakeFunctionArn('audit'),
          eventSourceArn: OLD,
          state: 'Disabled',
          lastProcessingResult: 'PROBLEM: Function call failed',
        },
        { uuid: fakeUuid(3), eventSourceArn: 'arn:aws:sqs:eu-central-1:111122223333:jobs' },
      ],
      queues: { 'orders-failures': queue },
    });
    metrics.put(age(), 'Maximum', [
      { atMs: startMs - 600_000, value: 1 },
      { atMs: startMs - 120_000, value: 125_000 },
    ]);
    expect(await runList({ table: undefined, functionName: undefined }, context)).toBe(0);
    expect(context.io.stdoutText.split('\n').map(line => line.trim().split(/ {2,}/))).toEqual([
      ['TABLE', 'FUNCTION', 'STATE', 'AGE', 'FAILURES', 'LAST RESULT', 'UUID'],
      ['Orders', 'audit', 'Disabled orphaned', '-', 'nowhere', 'PROBLEM: Function call failed', fakeUuid(2)],
      ['Orders', 'orders-indexer', 'Enabled', '2m 5s', '5', 'OK', fakeUuid(1)],
      [''],
    ]);
    expect(context.io.stderrText).toContain('ddbx esm repoint');
  });

  it('narrows to a table or a function, and says when there is nothing', async () => {
    const mappings = [{}, { uuid: fakeUuid(2), functionArn: fakeFunctionArn('audit') }];
    const of = async (table: string | undefined, functionName: string | undefined) => {
      const { context } = esmWorld({ mappings, globals: { output: 'ndjson' } });
      await runList({ table: table === undefined ? undefined : { tableName: table }, functionName }, context);
      return eventsOf(context.io.stdoutText).flatMap(event => (event['type'] === 'mapping' ? [event['function']] : []));
    };
    expect(await of('Orders', undefined)).toEqual(['audit', 'orders-indexer']);
    expect(await of('Orders', 'audit')).toEqual(['audit']);
    expect(await of('Customers', undefined)).toEqual([]);
    const { context } = esmWorld({ mappings });
    await runList({ table: { tableName: 'Customers' }, functionName: undefined }, context);
    expect(context.io.stdoutText).toBe('');
    expect(context.io.stderrText).toContain('ddbx esm attach Customers <function> makes one');
  });

  it('goes on without what is denied, and says so with --verbose', async () => {
    const { metrics, tables, context } = esmWorld({ io: { verbose: true } });
    metrics.failNext('denied');
    tables.failNext('describeTable', 'denied');
    expect(await runList({ table: undefined, functionName: undefined }, context)).toBe(0);
    expect(context.io.stdoutText).not.toContain('orphaned');
    expect(context.io.stderrText).toContain('Not known: iterator age: GetMetricData');
  });
});

describe('show', () => {
  it('prints everything about one mapping', async () => {
    const { metrics, context } = esmWorld({
      mappings: [{ settings: { onFailure: QUEUE, filters: ['{"a":["x"]}', '{"b":["y"]}'] }, tags: { team: 'ops' } }],
      queues: { 'orders-failures': queue },
    });
    metrics.put(age(), 'Maximum', [{ atMs: startMs - 60_000, value: 3_000 }]);
    expect(await runShow({ mapping }, context)).toBe(0);
    const text = context.io.stdoutText;
    for (const part of [
      /iterator age +3s/,
      /failures +5 messages in orders-failures/,
      /tags +team=ops/,
      /retries +infinite/,
      /filters +\{"a":\["x"\]\}\nor +\{"b"/,
    ]) {
      expect(text).toMatch(part);
    }
  });

  it('is one document with all settings in json', async () => {
    const { context } = esmWorld({ globals: { output: 'json' } });
    await runShow({ mapping }, context);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      uuid: fakeUuid(1),
      orphaned: false,
      iteratorAgeMs: null,
      settings: { batchSize: 100, filters: [] },
      tags: {},
    });
  });
});

describe('lint', () => {
  const scope = { kind: 'all' } as const;
  const good = { settings: { ...safeDefaults, onFailure: QUEUE } };

  it('is silent and exits 0 when nothing is found', async () => {
    const { context } = esmWorld({
      mappings: [good],
      queues: { 'orders-failures': queue },
      consumers: [aMapping(STREAM)],
    });
    expect(await runLint({ scope, failOn: 'warn' }, context)).toBe(0);
    expect(context.io.stdoutText).toContain('nothing found');
  });

  it.each([
    ['error', 4],
    ['warn', 4],
  ] as const)('exits 4 for errors with --fail-on %s', async (failOn, exitCode) => {
    const { context } = esmWorld();
    expect(await runLint({ scope: { kind: 'mapping', mapping }, failOn }, context)).toBe(exitCode);
    expect(context.io.stdoutText).toContain('  error  infinite-retries\n');
    expect(context.io.stdoutText).toContain('$ ddbx esm tune Orders:orders-indexer --on-failure create');
    expect(context.io.stdoutText).toContain('1 mapping: 2 errors, 1 warning, 0 notes');
  });

  it('exits by --fail-on where there are warnings only', async () => {
    const warned = {
      mappings: [{ settings: { ...good.settings, maximumRetryAttempts: -1 } }],
      queues: { 'orders-failures': queue },
    };
    expect(await runLint({ scope, failOn: 'error' }, esmWorld(warned).context)).toBe(0);
    expect(await runLint({ scope, failOn: 'warn' }, esmWorld(warned).context)).toBe(4);
  });

  it('counts readers, and finds the function gone', async () => {
    const consumers = ['a', 'b', 'c'].map(name => aMapping(STREAM, name));
    const { context } = esmWorld({ functions: [], consumers, globals: { output: 'ndjson' } });
    await runLint({ scope: { kind: 'table', table: { tableName: 'Orders' } }, failOn: 'error' }, context);
    const rules = eventsOf(context.io.stdoutText).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['function-missing', 'too-many-readers']));
  });

  it('writes SARIF to stdout', async () => {
    const { context } = esmWorld({ globals: { documentFormat: 'sarif' } });
    expect(await runLint({ scope, failOn: 'error' }, context)).toBe(4);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ version: '2.1.0' });
  });
});

describe('explain', () => {
  it('counts with the timeout of the function', async () => {
    const { context } = esmWorld({ mappings: [{ settings: safeDefaults }] });
    expect(await runExplain({ mapping, preset: undefined }, context)).toBe(0);
    expect(context.io.stdoutText).toContain('13 failing invocations x 30s timeout = 6m30s');
  });

  it('explains a preset before it is set, and is json for machines', async () => {
    const { context } = esmWorld({ functions: [], globals: { output: 'json' } });
    await runExplain({ mapping, preset: 'low-latency' }, context);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      preset: 'low-latency',
      attempts: 3,
      splits: 4,
      failingInvocations: 7,
      invocationsMs: null,
    });
  });
});

describe('advise', () => {
  it('reads the metrics of the function and the open shards', async () => {
    const { metrics, context } = esmWorld();
    const atMs = startMs - 60_000;
    metrics.put(of('IteratorAge'), 'Maximum', [{ atMs, value: 300_000 }]);
    metrics.put(of('Invocations'), 'Sum', [{ atMs, value: 18_000 }]);
    metrics.put(of('Duration'), 'Sum', [{ atMs, value: 1_800_000 }]);
    metrics.put(of('Duration'), 'SampleCount', [{ atMs, value: 18_000 }]);
    expect(await runAdvise({ mapping, sinceMs: 900_000 }, context)).toBe(0);
    expect(context.io.stdoutText).toContain('parallelization is the limit');
    expect(context.io.stdoutText).toContain('busy: 20 invocations/s x 100ms = 2 lanes on average, 100% of 2');
    expect(context.io.stdoutText).toContain('-> ddbx esm tune Orders:orders-indexer --parallelization-factor 2');
  });
});

describe('blocked', () => {
  it('shows the record that was written so long ago', async () => {
    const writtenMs = startMs - 600_000;
    const records = [
      { sequenceNumber: '100', createdAtMs: writtenMs - 60_000 },
      { sequenceNumber: '101', createdAtMs: writtenMs },
      { sequenceNumber: '102', createdAtMs: writtenMs + 120_000 },
    ];
    const { metrics, context } = esmWorld({
      mappings: [{ lastProcessingResult: 'PROBLEM: Function call failed', settings: { batchSize: 1 } }],
      streams: [{ tableName: 'Orders', label: LABEL, shards: [{ shardId: 'shardId-1', records }] }],
      globals: { output: 'json' },
    });
    metrics.put(of('Errors'), 'Sum', [{ atMs: startMs - 60_000, value: 4 }]);
    // Two minutes of the same batch, measured at their 20th and 50th second.
    metrics.put(of('IteratorAge'), 'Maximum', [
      { atMs: startMs - 120_000, value: startMs - 100_000 - writtenMs },
      { atMs: startMs - 60_000, value: startMs - 10_000 - writtenMs },
    ]);
    expect(await runBlocked({ mapping }, context)).toBe(0);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      standing: 'blocked',
      errors: 4,
      suspects: [{ shardId: 'shardId-1', sequenceNumber: '101', recordsInSpan: 1 }],
    });
  });

  it.each([
    ['not blocked', 'OK', 1_000],
    ['behind, but not failing', 'OK', 120_000],
    ['nothing was read', 'OK', undefined],
  ])('says that it is %s', async (said, lastProcessingResult, value) => {
    const { metrics, context } = esmWorld({ mappings: [{ lastProcessingResult }] });
    if (value !== undefined) metrics.put(of('IteratorAge'), 'Maximum', [{ atMs: startMs - 60_000, value }]);
    await runBlocked({ mapping }, context);
    expect(context.io.stdoutText).toContain(said);
  });
});
