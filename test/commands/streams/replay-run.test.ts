import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReplayCommandOptions, replayCommand } from '../../../src/commands/streams/replay.js';
import { runReplay } from '../../../src/commands/streams/replay-run.js';
import { parseReplayTo } from '../../../src/commands/streams/replay-to.js';
import type { FunctionsGateway } from '../../../src/lib/aws/functions-gateway.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { ExitCode } from '../../../src/lib/model/error.js';
import { lambdaSplice, writeNdjson } from '../../../src/lib/streams/stream-record.js';
import { fakeContext } from '../../support/fake-context.js';
import { parsedOptions } from '../../support/parsed-options.js';
import { sequenceNumber, someRecords, STREAM } from '../../lib/streams/scripted-stream.js';
import { NO_FILTER, ordersWorld, PACE, temporaryFolder } from './read-commands.js';

const folder = temporaryFolder();
const options = (overrides: Partial<ReplayCommandOptions> = {}): ReplayCommandOptions => ({
  source: folder.path('orders.ndjson'),
  to: parseReplayTo('lambda:orders'),
  batchSize: 100,
  windowMs: 0,
  retries: 0,
  bisect: false,
  invokeTimeoutMs: 30_000,
  from: undefined,
  since: undefined,
  until: undefined,
  follow: false,
  limit: undefined,
  events: [],
  filter: NO_FILTER,
  dryRun: false,
  yes: false,
  showAws: false,
  pace: PACE,
  ...overrides,
});
const RECORDING = writeNdjson(someRecords(7), lambdaSplice(STREAM.streamArn, 'shardId-1'));

/** A function that fails on one record, or on none. */
function aFunction(poison?: number) {
  const got: number[] = [];
  const gateway: FunctionsGateway = {
    region: 'eu-central-1',
    describe: () => Promise.reject(new Error('nobody looks at the function')),
    async invoke(_name, payload) {
      const event = JSON.parse(payload.toString()) as { Records: readonly { dynamodb: { SequenceNumber: string } }[] };
      got.push(event.Records.length);
      const numbers = event.Records.map(record => record.dynamodb.SequenceNumber);
      return poison !== undefined && numbers.includes(sequenceNumber(poison))
        ? {
            payload: Buffer.from('{"errorType":"Error","errorMessage":"no \\u001b[31mglobe"}'),
            functionError: 'Unhandled',
          }
        : { payload: Buffer.from('{"batchItemFailures":[]}'), functionError: undefined };
    },
  };
  return { got, gateway };
}

describe('ddbx streams replay', () => {
  it('sends a recording and says how it went', async () => {
    await writeFile(options().source, RECORDING);
    const { got, gateway } = aFunction();
    const context = ordersWorld().contextFor({ functions: gateway });
    expect(await runReplay(options({ batchSize: 4 }), context)).toBe(ExitCode.done);
    expect(got).toEqual([4, 3]);
    expect(context.io.stdoutText.split('\n')).toEqual([
      expect.stringMatching(
        /^batch 1 {2}1 {2}4 records {2}.* from 8\d+1 {2}ok {2}200 {2}<1ms {2}\{"batchItemFailures":\[\]\}$/,
      ),
      expect.stringMatching(/^batch 2 {2}1 {2}3 records {2}.*ok/),
      '2 batches: 7 records taken, 0 failed, in 0s',
      '',
    ]);
  });

  it('names the poison record, and ends with 3', async () => {
    await writeFile(options().source, RECORDING);
    const context = ordersWorld().contextFor({ functions: aFunction(6).gateway });
    expect(await runReplay(options({ bisect: true }), context)).toBe(ExitCode.partial);
    expect(context.io.stdoutText).toContain(
      `poison record: ${sequenceNumber(6)} of shard shardId-1 (Error: no \\u001b[31mglobe)\n`,
    );
    expect(context.io.stdoutText).toContain('  is split\n  part  1');
    expect(context.io.stdoutText).toContain('6 records taken, 1 failed');
  });

  it('tells the failed records as events', async () => {
    await writeFile(options().source, RECORDING);
    const context = ordersWorld().contextFor({ functions: aFunction(2).gateway, globals: { output: 'ndjson' } });
    await runReplay(options({ batchSize: 2, retries: 1 }), context);
    const events = context.io.stdoutText
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.filter(event => event.type === 'records-failed')).toEqual([
      {
        type: 'records-failed',
        batch: 1,
        shardId: 'shardId-1',
        sequenceNumbers: [sequenceNumber(1), sequenceNumber(2)],
        reason: 'Error: no \u001b[31mglobe',
        isAlone: false,
      },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'summary', delivered: 5, failed: 2, dryRun: false });
  });

  it('is one document', async () => {
    await writeFile(options().source, RECORDING);
    const context = ordersWorld().contextFor({ functions: aFunction().gateway, globals: { output: 'json' } });
    await runReplay(options(), context);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ batches: 1, delivered: 7, failedRecords: [] });
  });

  it('reads gzip, and stdin', async () => {
    const source = folder.path('orders.ndjson.gz');
    // As an export writes it: one member a commit.
    const half = RECORDING.indexOf('\n', 2_000) + 1;
    await writeFile(source, Buffer.concat([gzipSync(RECORDING.subarray(0, half)), gzipSync(RECORDING.subarray(half))]));
    const zipped = aFunction();
    await runReplay(options({ source }), ordersWorld().contextFor({ functions: zipped.gateway }));
    expect(zipped.got).toEqual([7]);
    const piped = aFunction();
    const context = ordersWorld().contextFor({ functions: piped.gateway, io: { stdin: RECORDING.toString() } });
    await runReplay(options({ source: '-' }), context);
    expect(piped.got).toEqual([7]);
  });

  it('says that a gzip file is cut off', async () => {
    const source = folder.path('orders.ndjson.gz');
    await writeFile(source, gzipSync(RECORDING).subarray(0, 100));
    const run = runReplay(options({ source }), ordersWorld().contextFor({ functions: aFunction().gateway }));
    await expect(run).rejects.toMatchObject({ code: 'recording-unreadable', message: expect.stringContaining(source) });
  });

  it('reads a table from its oldest record on, or the span that is asked for', async () => {
    const { clock, streams, left, contextFor } = ordersWorld();
    streams.write(left, 5);
    clock.advance(600_000);
    streams.write(left, 2);
    const all = aFunction();
    await runReplay(options({ source: 'Orders' }), contextFor({ functions: all.gateway }));
    expect(all.got).toEqual([4, 3]);
    const some = aFunction();
    await runReplay(options({ source: 'Orders', since: '1m' }), contextFor({ functions: some.gateway }));
    expect(some.got).toEqual([2]);
  });

  it('follows a table until it is stopped', async () => {
    const { clock, streams, left, contextFor } = ordersWorld();
    const stop = new AbortController();
    streams.write(left, 5);
    streams.at(clock.now() + 5_000, () => streams.write(left, 1));
    streams.at(clock.now() + 60_000, () => {
      stop.abort();
    });
    const { got, gateway } = aFunction();
    const follow = options({ source: 'Orders', follow: true, windowMs: 2_000 });
    expect(await runReplay(follow, contextFor({ functions: gateway, signal: stop.signal }))).toBe(ExitCode.interrupted);
    expect(got).toEqual([1]);
  });

  it('sends nothing in a dry run', async () => {
    await writeFile(options().source, RECORDING);
    const { got, gateway } = aFunction();
    const context = ordersWorld().contextFor({ functions: gateway });
    expect(await runReplay(options({ dryRun: true, batchSize: 5 }), context)).toBe(ExitCode.done);
    expect(got).toEqual([]);
    expect(context.io.stdoutText).toMatch(/batch 2 .*not sent \(--dry-run\)\n2 batches, nothing was sent/);
    expect(context.io.stderrText).toContain('$ aws lambda invoke --function-name orders');
  });

  it('asks before records leave the machine', async () => {
    await writeFile(options().source, RECORDING);
    const to = parseReplayTo('https://example.com/events');
    await expect(runReplay(options({ to }), ordersWorld().contextFor({}))).rejects.toMatchObject({
      exitCode: ExitCode.usage,
      hint: expect.stringContaining('--yes'),
    });
    const context = ordersWorld().contextFor({ io: { stdinTty: true, stderrTty: true, stdin: 'n\n' } });
    await expect(runReplay(options({ to }), context)).rejects.toMatchObject({ code: 'not-confirmed' });
  });

  it('runs a handler, and shows what it prints on stderr', async () => {
    const file = folder.path('handler.mjs');
    await writeFile(options().source, RECORDING);
    await writeFile(file, 'export const handler = event => { console.log(`got ${event.Records.length}`) }');
    // A thread of its own does not wait for a clock that jumps.
    const context = fakeContext({ clock: systemClock });
    expect(await runReplay(options({ to: parseReplayTo(`module:${file}`) }), context)).toBe(ExitCode.done);
    expect(context.io.stderrText).toBe('got 7\n');
    expect(context.io.stdoutText).toContain('7 records taken, 0 failed');
  });

  it.each([
    ['a file that is not there', { source: 'nowhere.ndjson' }, 'There is no file nowhere.ndjson'],
    ['a function that may take longer than a request', { invokeTimeoutMs: 60_000 }, '--invoke-timeout 1m is longer'],
    ['a recording that is followed', { follow: true }, '--follow is for tables'],
    ['a recording from its latest record', { from: 'latest' }, '--from is for tables'],
    ['a span that is none', { since: '1m', until: '2m' }, '--since lies after --until'],
  ] as const)('refuses %s', async (_what, overrides, says) => {
    await writeFile(options().source, RECORDING);
    const run = runReplay(options(overrides), ordersWorld().contextFor({ functions: aFunction().gateway }));
    await expect(run).rejects.toMatchObject({ exitCode: ExitCode.usage, message: expect.stringContaining(says) });
  });
});

describe('the options of replay', () => {
  const parse = (...argv: readonly string[]) => parsedOptions(replayCommand, argv);

  it('are read, by the short name or by that of the API', async () => {
    const expected = {
      options: { source: 'a.ndjson', retries: 2, bisect: true, batchSize: 100, windowMs: 0, dryRun: false },
    };
    expect(await parse('a.ndjson', '--to', 'module:h.mjs', '--retries', '2', '--bisect')).toMatchObject(expected);
    expect(
      await parse(
        'a.ndjson',
        '--to',
        'module:h.mjs',
        '--maximum-retry-attempts',
        '2',
        '--bisect-batch-on-function-error',
      ),
    ).toMatchObject(expected);
  });

  it.each([
    [['a', '--to', 'module:h.mjs', '--batch-size', '10001'], '--batch-size takes at most 10000'],
    [['a', '--to', 'module:h.mjs', '--batch-size', '0'], '--batch-size'],
    [['a', '--to', 'module:h.mjs', '--window', '6m'], '--window takes at most 5m'],
    [['a', '--to', 'module:h.mjs', '--invoke-timeout', '0s'], '--invoke-timeout'],
    [['a', '--to', 'module:h.mjs', '--from', 'latest'], '--from latest has nothing to send'],
    [['a', '--to', 'module:h.mjs', '--from', 'latest', '--since', '1m', '-f'], '--from and --since'],
    [['a', '--to', 'module:h.mjs', '--event', 'update'], 'none of insert, modify, remove'],
    [['a'], '--to'],
  ])('are refused: %j', async (argv, says) => {
    expect(await parse(...argv)).toEqual({ refusal: expect.stringContaining(says) });
  });
});

describe('parseReplayTo', () => {
  it.each([
    ['lambda:orders', { kind: 'lambda', functionName: 'orders', region: undefined }],
    ['lambda:orders:live', { kind: 'lambda', functionName: 'orders:live', region: undefined }],
    [
      'lambda:arn:aws:lambda:eu-west-1:111122223333:function:orders:$LATEST',
      {
        kind: 'lambda',
        functionName: 'arn:aws:lambda:eu-west-1:111122223333:function:orders:$LATEST',
        region: 'eu-west-1',
      },
    ],
    ['module:src/h.mjs', { kind: 'module', path: 'src/h.mjs', exportName: 'handler' }],
    ['module:src/h.mjs#onOrders', { kind: 'module', path: 'src/h.mjs', exportName: 'onOrders' }],
    ['http://localhost:9000/x', { kind: 'http', url: new URL('http://localhost:9000/x') }],
  ])('reads %s', (text, expected) => {
    expect(parseReplayTo(text)).toEqual(expected);
  });

  it.each([
    'orders',
    'lambda:',
    'lambda:no spaces',
    'lambda:arn:aws:sqs:eu-west-1:111122223333:orders',
    'module:',
    'module:#handler',
    'module:h.mjs#',
    'module:handler.ts',
    'ftp://localhost/',
    'http://',
    'http://user:secret@localhost/',
  ])('refuses %s', text => {
    expect(() => parseReplayTo(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
