import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AttachOptions } from '../../../src/commands/esm/attach.js';
import { runAttach } from '../../../src/commands/esm/attach-run.js';
import { fakeUuid } from '../../support/fake-mappings.js';
import { fakeStreamArn } from '../../support/fake-tables.js';
import { esmWorld, eventsOf, STREAM, type WorldParts } from './esm-world.js';

const options: AttachOptions = {
  table: { tableName: 'Orders' },
  functionName: 'orders-indexer',
  settings: {},
  preset: undefined,
  startingPosition: undefined,
  enableStream: undefined,
  disabled: false,
  tags: {},
  wait: true,
  dryRun: false,
  yes: false,
  showAws: false,
};
const QUEUE_ARN = 'arn:aws:sqs:eu-central-1:111122223333:orders-indexer-failures';
const none: WorldParts = { mappings: [] };

describe('attach', () => {
  it('makes a mapping with safe settings, waits, and warns that failures go nowhere', async () => {
    const { mappings, context } = esmWorld(none);
    expect(await runAttach(options, context)).toBe(0);
    expect(mappings.all()).toMatchObject([
      {
        eventSourceArn: STREAM,
        state: 'Enabled',
        startingPosition: 'TRIM_HORIZON',
        settings: {
          batchSize: 100,
          maximumRetryAttempts: 5,
          maximumRecordAgeSeconds: 43_200,
          bisectBatchOnFunctionError: true,
        },
      },
    ]);
    expect(context.io.stdoutText).toMatch(/^Orders:orders-indexer \(eu-central-1\): attached, Enabled\n {2}14e0db71-/);
    expect(context.io.stderrText).toMatch(/retries +5 +ddbx's default\n/);
    expect(context.io.stderrText).toMatch(/batch size +100 +AWS's default\n/);
    expect(context.io.stderrText).toContain('warning: There is no failure destination');
  });

  it('makes the failure queue first, or takes the one that is there', async () => {
    const made = esmWorld(none);
    await runAttach({ ...options, settings: { onFailure: 'create' } }, made.context);
    expect(made.queues.all.get('orders-indexer-failures')).toMatchObject({ MessageRetentionPeriod: '1209600' });
    expect(made.mappings.all()[0]?.settings.onFailure).toBe(QUEUE_ARN);
    expect(made.context.io.stderrText).toContain('create the queue orders-indexer-failures for failures');

    const there = esmWorld({ ...none, queues: { 'orders-indexer-failures': { MessageRetentionPeriod: '60' } } });
    await runAttach({ ...options, settings: { onFailure: 'create' } }, there.context);
    expect(there.queues.all.get('orders-indexer-failures')).toEqual({ MessageRetentionPeriod: '60' });
    expect(there.context.io.stderrText).toContain('take the queue orders-indexer-failures');
  });

  it('finds a queue by its name, and says which was meant when there is none', async () => {
    const { mappings, context } = esmWorld({ ...none, queues: { 'orders-dead': {} } });
    await runAttach({ ...options, settings: { onFailure: 'orders-dead' } }, context);
    expect(mappings.all()[0]?.settings.onFailure).toBe('arn:aws:sqs:eu-central-1:111122223333:orders-dead');
    const wrong = esmWorld({ ...none, queues: { 'orders-dead': {} } });
    await expect(runAttach({ ...options, settings: { onFailure: 'order-dead' } }, wrong.context)).rejects.toMatchObject(
      { code: 'queue-not-found', hint: expect.stringContaining('orders-dead') as string },
    );
    expect(wrong.mappings.changes).toEqual([]);
  });

  it('is unchanged when the mapping is there, whatever its settings', async () => {
    const { mappings, context } = esmWorld({ mappings: [{ settings: { maximumRetryAttempts: -1 } }] });
    expect(await runAttach(options, context)).toBe(0);
    expect(mappings.changes).toEqual([]);
    expect(context.io.stdoutText).toContain('unchanged, Enabled');
  });

  it('updates the mapping that is there instead of answering 409, old -> new', async () => {
    const { mappings, context } = esmWorld();
    await runAttach({ ...options, settings: { batchSize: 200, filters: ['{"eventName":["INSERT"]}'] } }, context);
    expect(mappings.changes).toEqual([`update ${fakeUuid(1)}`]);
    expect(mappings.all()[0]?.settings).toMatchObject({ batchSize: 200, filters: ['{"eventName":["INSERT"]}'] });
    expect(context.io.stderrText).toContain('batch size  100 -> 200');
    expect(context.io.stdoutText).toContain('updated, Enabled');
  });

  it('gives tags to a mapping that is there, by TagResource', async () => {
    const { mappings, context } = esmWorld();
    await runAttach({ ...options, tags: { team: 'ops' } }, context);
    expect(mappings.changes).toHaveLength(1);
    expect(await mappings.tags(mappings.all()[0]?.mappingArn ?? '')).toEqual({ team: 'ops' });
  });

  it('makes a mapping of an alias beside that of the function', async () => {
    const { mappings, context } = esmWorld({ functions: ['orders-indexer', 'orders-indexer:live'] });
    await runAttach({ ...options, functionName: 'orders-indexer:live' }, context);
    expect(mappings.all()).toHaveLength(2);
  });

  it('can make it disabled, and leaves a disabled one so, with a word', async () => {
    const made = esmWorld(none);
    await runAttach({ ...options, disabled: true }, made.context);
    expect(made.mappings.all()[0]?.state).toBe('Disabled');
    const there = esmWorld({ mappings: [{ state: 'Disabled' }] });
    await runAttach(options, there.context);
    expect(there.context.io.stderrText).toContain('ddbx esm resume');
    const pausing = esmWorld();
    await runAttach({ ...options, disabled: true }, pausing.context);
    expect(pausing.mappings.all()[0]?.state).toBe('Disabled');
  });

  it('warns of the mapping on an old stream', async () => {
    const old = { eventSourceArn: fakeStreamArn('Orders', '2026-11-01T00:00:00.000') };
    const { mappings, context } = esmWorld({ mappings: [old] });
    await runAttach(options, context);
    expect(mappings.all()).toHaveLength(2);
    expect(context.io.stderrText).toContain(`ddbx esm repoint ${fakeUuid(1)} moves it`);
  });

  it('reads a filter from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ddbx-attach-'));
    try {
      await writeFile(join(folder, 'f.json'), '{"eventName":["REMOVE"]}\n');
      const { mappings, context } = esmWorld(none);
      await runAttach({ ...options, settings: { filters: [`@${join(folder, 'f.json')}`] } }, context);
      expect(mappings.all()[0]?.settings.filters).toEqual(['{"eventName":["REMOVE"]}']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('attach refuses', () => {
  it.each<[what: string, code: string, exitCode: number, options: Partial<AttachOptions>, parts: WorldParts]>([
    ['a filter that is no JSON', 'invalid-filter', 2, { settings: { filters: ['{"eventName":'] } }, none],
    ['a filter that is no pattern', 'invalid-filter', 2, { settings: { filters: ['{"eventName":"INSERT"}'] } }, none],
    [
      'eleven filters',
      'usage',
      2,
      { settings: { filters: Array.from({ length: 11 }, () => '{"eventName":["INSERT"]}') } },
      none,
    ],
    ['a file that is not there', 'usage', 2, { settings: { filters: ['@/nowhere/f.json'] } }, none],
    [
      'a window beyond the age',
      'usage',
      2,
      { settings: { maximumRecordAgeSeconds: 60, maximumBatchingWindowSeconds: 90 } },
      none,
    ],
    ['another starting position', 'cannot-change-in-place', 2, { startingPosition: 'LATEST' }, {}],
    [
      'an old stream',
      'old-stream',
      2,
      { table: { tableName: 'Orders', streamArn: fakeStreamArn('Orders', 'x') } },
      none,
    ],
    ['an unknown table', 'table-not-found', 1, { table: { tableName: 'Order' } }, none],
    ['a stream that is off', 'stream-not-enabled', 1, {}, { tables: [{ tableName: 'Orders' }] }],
  ])('%s', async (_what, code, exitCode, changed, parts) => {
    const { mappings, context } = esmWorld(parts);
    await expect(runAttach({ ...options, ...changed }, context)).rejects.toMatchObject({ code, exitCode });
    expect(mappings.changes).toEqual([]);
  });

  it('an unknown function, as AWS says it', async () => {
    const { context } = esmWorld({ ...none, functions: [] });
    await expect(runAttach(options, context)).rejects.toMatchObject({ kind: 'not-found', resource: 'orders-indexer' });
  });

  it('a pattern before any call goes out', async () => {
    const { mappings, tables, context } = esmWorld(none);
    await expect(runAttach({ ...options, settings: { filters: ['nonsense'] } }, context)).rejects.toThrow();
    expect([...mappings.calls, ...tables.calls]).toEqual([]);
  });

  it('a stream that is off, with both commands that turn it on', async () => {
    const { context } = esmWorld({ ...none, tables: [{ tableName: 'Orders' }] });
    await expect(runAttach(options, context)).rejects.toMatchObject({
      hint: expect.stringMatching(/--enable-stream new-and-old-images.*ddbx streams enable Orders/) as string,
    });
  });
});

describe('attach --enable-stream', () => {
  it('turns the stream on in the same breath', async () => {
    const { tables, mappings, context } = esmWorld({ ...none, tables: [{ tableName: 'Orders' }] });
    expect(await runAttach({ ...options, enableStream: 'NEW_IMAGE' }, context)).toBe(0);
    const table = await tables.describeTable('Orders');
    expect(table.streamViewType).toBe('NEW_IMAGE');
    expect(mappings.all()[0]?.eventSourceArn).toBe(table.latestStreamArn);
  });

  it('takes a stream that is on with that view, and refuses another view', async () => {
    const same = esmWorld(none);
    await runAttach({ ...options, enableStream: 'KEYS_ONLY' }, same.context);
    expect(same.tables.changes).toEqual([]);
    await expect(runAttach({ ...options, enableStream: 'NEW_IMAGE' }, esmWorld(none).context)).rejects.toMatchObject({
      code: 'other-view-type',
    });
  });
});

describe('attach --dry-run and its output', () => {
  it('prints plan and calls, and changes nothing', async () => {
    const { mappings, queues, context } = esmWorld(none);
    await runAttach(
      { ...options, settings: { onFailure: 'create', bisectBatchOnFunctionError: false }, dryRun: true },
      context,
    );
    expect([...mappings.changes, ...queues.all.keys()]).toEqual([]);
    expect(context.io.stdoutText).toContain('$ aws sqs create-queue --queue-name orders-indexer-failures');
    expect(context.io.stdoutText).toContain(
      `$ aws lambda create-event-source-mapping --event-source-arn ${STREAM} --function-name orders-indexer --starting-position TRIM_HORIZON`,
    );
    expect(context.io.stdoutText).toContain(' --no-bisect-batch-on-function-error ');
  });

  it('is events and a summary in ndjson', async () => {
    const { context } = esmWorld({ ...none, globals: { output: 'ndjson' } });
    await runAttach(options, context);
    const events = eventsOf(context.io.stdoutText);
    expect(events.map(({ type }) => type)).toEqual(['plan', 'requested', 'reached', 'summary']);
    expect(events.at(-1)).toMatchObject({
      action: 'create',
      changed: true,
      table: 'Orders',
      function: 'orders-indexer',
    });
  });

  it('is one document in json', async () => {
    const { context } = esmWorld({ globals: { output: 'json' } });
    await runAttach(options, context);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ action: 'unchanged', changed: false, uuid: fakeUuid(1) });
  });
});
