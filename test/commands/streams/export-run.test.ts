import { readFile, stat, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ExportCommandOptions, exportCommand } from '../../../src/commands/streams/export.js';
import { runExport } from '../../../src/commands/streams/export-run.js';
import { ExitCode } from '../../../src/lib/model/error.js';
import { parsedOptions } from '../../support/parsed-options.js';
import { NO_FILTER, ORDERS, ordersWorld, PACE, temporaryFolder } from './read-commands.js';

const folder = temporaryFolder();
const options = (overrides: Partial<ExportCommandOptions> = {}): ExportCommandOptions => ({
  table: ORDERS,
  to: folder.path('orders.ndjson'),
  since: undefined,
  until: undefined,
  redact: [],
  filter: NO_FILTER,
  overwrite: false,
  pace: PACE,
  ...overrides,
});
const numbersIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map(line => (JSON.parse(line) as { dynamodb: { SequenceNumber: string } }).dynamodb.SequenceNumber);

describe('ddbx streams export', () => {
  it('writes everything, and says what it wrote', async () => {
    const { streams, left, right, contextFor } = ordersWorld();
    const expected = [...streams.write(left, 10), ...streams.write(right, 5)];
    const children = streams.split(left);
    expected.push(...streams.write(children[0] ?? '', 3));
    const context = contextFor({});
    expect(await runExport(options(), context)).toBe(ExitCode.done);
    expect(numbersIn(await readFile(options().to, 'utf8')).toSorted()).toEqual(expected.toSorted());
    expect(context.io.stdoutText).toMatch(
      /^18 records of Orders in .*orders\.ndjson \([\d.]+KB\), from 3 shards, written 2026-11-20T10:20:00Z to 2026-11-20T10:20:00Z\n$/,
    );
    expect(context.io.stderrText).toBe('');
  });

  it('goes on after Ctrl-C, with exit code 130 before and everything once after', async () => {
    const world = ordersWorld();
    const { streams, left, right } = world;
    const expected = [...streams.write(left, 40), ...streams.write(right, 40)];
    const stop = new AbortController();
    streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 9) stop.abort();
      return undefined;
    };
    const first = world.contextFor({ signal: stop.signal });
    expect(await runExport(options(), first)).toBe(ExitCode.interrupted);
    expect(first.io.stdoutText).toMatch(
      /^Interrupted: \d+ records? of Orders .* The same command goes on from there\.\n$/,
    );
    streams.fails = () => undefined;
    const second = world.contextFor({});
    expect(await runExport(options(), second)).toBe(ExitCode.done);
    expect(second.io.stderrText).toMatch(/^Going on with .*: \d+ records are in it\n$/);
    expect(numbersIn(await readFile(options().to, 'utf8')).toSorted()).toEqual(expected.toSorted());
  });

  it('says that there is nothing to do', async () => {
    const { streams, left, contextFor } = ordersWorld();
    streams.write(left, 2);
    await runExport(options(), contextFor({}));
    const context = contextFor({ globals: { output: 'json' } });
    expect(await runExport(options(), context)).toBe(ExitCode.done);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ outcome: 'unchanged', complete: true, records: 2 });
  });

  it('compresses', async () => {
    const { streams, left, contextFor } = ordersWorld();
    const expected = streams.write(left, 9);
    const to = folder.path('orders.ndjson.gz');
    await runExport(options({ to }), contextFor({}));
    expect(numbersIn(gunzipSync(await readFile(to)).toString())).toEqual(expected);
  });

  it('puts nothing but records into a pipe', async () => {
    const { streams, left, contextFor } = ordersWorld();
    const expected = streams.write(left, 9);
    const context = contextFor({ globals: { output: 'ndjson' } });
    expect(await runExport(options({ to: '-' }), context)).toBe(ExitCode.done);
    expect(numbersIn(context.io.stdoutText)).toEqual(expected);
    expect(JSON.parse(context.io.stderrText)).toMatchObject({
      type: 'summary',
      outcome: 'complete',
      file: null,
      records: 9,
    });
  });

  it('tells events, the last of them the summary', async () => {
    const { streams, left, contextFor } = ordersWorld();
    streams.write(left, 9);
    const context = contextFor({ globals: { output: 'ndjson' } });
    await runExport(options(), context);
    const events = context.io.stdoutText
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({
      type: 'summary',
      file: options().to,
      manifest: `${options().to}.manifest.json`,
    });
    expect(events.slice(0, -1).every(event => event.type === 'export-committed')).toBe(true);
  });

  it('names what is lost, and ends with 3', async () => {
    const world = ordersWorld();
    const { streams, left, right } = world;
    streams.write(left, 30);
    streams.write(right, 30);
    const stop = new AbortController();
    streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 5) stop.abort();
      return undefined;
    };
    await runExport(options(), world.contextFor({ signal: stop.signal }));
    streams.fails = () => undefined;
    streams.trim(left, 30);
    streams.trim(right, 30);
    const context = world.contextFor({});
    expect(await runExport(options(), context)).toBe(ExitCode.partial);
    expect(context.io.stderrText).toContain('warning: gap:');
    expect(context.io.stdoutText).toMatch(/gaps?: what is lost is in .*manifest\.json/);
  });

  it('reads only the span', async () => {
    const { clock, streams, left, contextFor } = ordersWorld();
    streams.write(left, 3);
    clock.advance(60_000);
    const expected = streams.write(left, 2);
    clock.advance(60_000);
    streams.write(left, 4);
    await runExport(options({ since: '90s', until: '30s' }), contextFor({}));
    expect(numbersIn(await readFile(options().to, 'utf8'))).toEqual(expected);
  });

  it('writes nothing over a file that it does not know, and asks AWS nothing for a span that is none', async () => {
    const { streams, contextFor } = ordersWorld();
    await writeFile(options().to, 'precious');
    await expect(runExport(options(), contextFor({}))).rejects.toMatchObject({ code: 'export-file-exists' });
    expect(await readFile(options().to, 'utf8')).toBe('precious');
    const backwards = options({ since: '5m', until: '10m' });
    const asked = streams.calls.length;
    await expect(runExport(backwards, contextFor({}))).rejects.toMatchObject({ exitCode: ExitCode.usage });
    expect(streams.calls).toHaveLength(asked);
  });

  it('says what is wrong with the path before it reads', async () => {
    const { streams, contextFor } = ordersWorld();
    const to = folder.path('none/orders.ndjson');
    await expect(runExport(options({ to }), contextFor({}))).rejects.toMatchObject({ code: 'export-not-written' });
    expect(streams.count('GetRecords')).toBe(0);
    await expect(stat(to)).rejects.toThrow('ENOENT');
  });
});

describe('the options of export', () => {
  const parse = (...argv: readonly string[]) => parsedOptions(exportCommand, argv);

  it('are read', async () => {
    expect(
      await parse('Orders', '--to', 'a.ndjson', '--since', '6h', '--redact', 'email,phone', '--max-rps', '3'),
    ).toEqual({
      options: {
        table: ORDERS,
        to: 'a.ndjson',
        since: '6h',
        until: undefined,
        redact: ['email', 'phone'],
        filter: NO_FILTER,
        overwrite: false,
        pace: { pollIntervalMs: 1_000, maxRequestsPerSecond: 3, maxWaitMs: 600_000 },
      },
    });
  });

  it.each([
    [['Orders'], '--to'],
    [['Orders', '--to', '-', '--overwrite'], '--overwrite is for files'],
    [['Orders', '--to', ''], '--to takes'],
    [['Orders', '--to', 'a', '--from', 'latest'], 'trim-horizon'],
    [['?', '--to', 'a'], 'not a table name'],
  ])('are refused: %j', async (argv, says) => {
    expect(await parse(...argv)).toEqual({ refusal: expect.stringContaining(says) });
  });
});
