import { describe, expect, it } from 'vitest';
import { type StatsCommandOptions, statsCommand } from '../../../src/commands/streams/stats.js';
import { runStats } from '../../../src/commands/streams/stats-run.js';
import { makeStatsView } from '../../../src/commands/streams/stats-view.js';
import { ExitCode } from '../../../src/lib/model/error.js';
import { StatisticsFold } from '../../../src/lib/streams/stream-statistics.js';
import { parsedOptions } from '../../support/parsed-options.js';
import { NO_FILTER, ORDERS, ordersWorld, PACE } from './read-commands.js';

const UP_AND_CLEAR = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)A${String.fromCharCode(27)}\\[J`);
const options = (overrides: Partial<StatsCommandOptions> = {}): StatsCommandOptions => ({
  table: ORDERS,
  since: '10m',
  follow: false,
  top: 10,
  intervalMs: 5_000,
  filter: NO_FILTER,
  pace: PACE,
  ...overrides,
});

describe('ddbx streams stats', () => {
  it('measures the last ten minutes, for people', async () => {
    const { clock, streams, left, right, contextFor } = ordersWorld();
    streams.write(left, 100);
    clock.advance(11 * 60_000);
    streams.write(left, 6, 100);
    streams.write(right, 3);
    clock.advance(4_000);
    const context = contextFor({});
    expect(await runStats(options(), context)).toBe(ExitCode.done);
    const text = context.io.stdoutText;
    expect(text).toMatch(/^stream +Orders in eu-central-1$/m);
    expect(text).toMatch(/^records +9 \(0\.\d+\/s\)$/m);
    expect(text).toMatch(/^REMOVE +0 \(0\/s\), 0 by TTL \(0% of all\)$/m);
    expect(text).toMatch(/^size +min 39B, avg 106B, p50 139B, p99 139B, max 139B$/m);
    expect(text).toMatch(/Hottest keys \(counts are exact\)\nKEY +RECORDS +SHARE\n/);
    expect(text.split('\n').filter(line => line.startsWith('shardId-'))).toHaveLength(2);
  });

  it('is one document', async () => {
    const { streams, left, contextFor } = ordersWorld();
    streams.write(left, 4);
    const context = contextFor({ globals: { output: 'json' } });
    await runStats(options({ top: 2 }), context);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      table: 'Orders',
      region: 'eu-central-1',
      gaps: 0,
      records: 4,
      byEvent: { INSERT: { records: 4 } },
      sizeBytes: { p99: 39 },
      hotKeys: [{ count: 1, atLeast: 1 }, {}],
      hotKeysError: 0,
    });
  });

  it('tells snapshots while it follows, and the whole at the end', async () => {
    const { clock, streams, left, contextFor } = ordersWorld();
    const stop = new AbortController();
    streams.at(clock.now() + 3_000, () => streams.write(left, 5));
    streams.at(clock.now() + 11_000, () => {
      stop.abort();
    });
    const context = contextFor({ globals: { output: 'ndjson' }, signal: stop.signal });
    expect(await runStats(options({ since: undefined, follow: true }), context)).toBe(ExitCode.interrupted);
    const events = context.io.stdoutText
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.map(event => [event.type, (event.statistics ?? event).records])).toEqual([
      ['snapshot', 5],
      ['snapshot', 5],
      ['summary', 5],
    ]);
  });

  it('draws one block anew on a terminal, each time as high as it has become', async () => {
    const { contextFor } = ordersWorld();
    const context = contextFor({ io: { stdoutTty: true, stderrTty: true, width: 60 } });
    const stream = { streamArn: 'arn', tableName: 'Orders', region: 'eu-central-1' };
    const view = makeStatsView({ stream, context, output: context.output() });
    const fold = new StatisticsFold();
    for (const shardId of ['shardId-1', 'shardId-2', 'shardId-3']) {
      fold.open(shardId);
      await view.draw({ type: 'snapshot', recentPerSecond: 0, statistics: fold.statistics(0, 5_000, 10) });
    }
    await view.draw({ type: 'summary', gaps: 0, statistics: fold.statistics(0, 6_000, 10) });
    view.end();
    const [first = '', ...redrawn] = context.io.stdoutText.split(UP_AND_CLEAR);
    expect(redrawn).toHaveLength(6);
    let block = first;
    for (let next = 0; next < redrawn.length; next += 2) {
      expect(Number(redrawn[next])).toBe(block.split('\n').length - 1);
      block = redrawn[next + 1] ?? '';
    }
    expect(first).toContain('Ctrl-C ends');
    expect(block).not.toContain('Ctrl-C ends');
  });

  it('refuses a span that is none before it asks AWS', async () => {
    const { tables, contextFor } = ordersWorld();
    await expect(runStats(options({ since: 'yesterday' }), contextFor({}))).rejects.toMatchObject({
      exitCode: ExitCode.usage,
    });
    expect(tables.calls).toEqual([]);
  });
});

describe('the options of stats', () => {
  const parse = (...argv: readonly string[]) => parsedOptions(statsCommand, argv);

  it('look ten minutes back, or forward from now', async () => {
    expect(await parse('Orders')).toMatchObject({
      options: { since: '10m', follow: false, top: 10, intervalMs: 5_000 },
    });
    expect(await parse('Orders', '-f', '--interval', '2s')).toMatchObject({
      options: { since: undefined, follow: true, intervalMs: 2_000 },
    });
    expect(await parse('Orders', '--follow', '--since', '1h')).toMatchObject({
      options: { since: '1h', follow: true },
    });
  });

  it.each([
    [['Orders', '--top', '0'], '--top'],
    [['Orders', '--top', '2000'], '--top takes at most'],
    [['Orders', '--interval', '0s'], '--interval'],
    [['Orders', '--interval', '5'], 'not a duration'],
  ])('are refused: %j', async (argv, says) => {
    expect(await parse(...argv)).toEqual({ refusal: expect.stringContaining(says) });
  });
});
