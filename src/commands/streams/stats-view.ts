import type { CommandContext } from '../../context.js';
import type { PlainObject } from '../../lib/model/attribute-value.js';
import { formatBytes } from '../../lib/model/size.js';
import type { StreamRef } from '../../lib/streams/read-events.js';
import type { StatsEvent } from '../../lib/streams/stats.js';
import type { StreamStatistics } from '../../lib/streams/stream-statistics.js';
import { formatAge, formatCount, formatPercent, formatRate, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import { keyValues, renderTable } from '../../lib/terminal/table.js';
import { safeText, truncate } from '../../lib/terminal/text.js';
import { asideOf } from './tail-words.js';

/** Draws the events of a measurement. */
export interface StatsView {
  draw(event: StatsEvent): Promise<void>;
  /** Gives the terminal back. */
  end(): void;
}

interface StatsViewParts {
  readonly stream: StreamRef;
  readonly context: CommandContext;
  readonly output: Output;
}

/** A block that is drawn again and again must fit on a screen. */
const ROWS_WHILE_LIVE = 8;

/** Makes the view: a block that is drawn anew on a terminal, a line a snapshot without one, one document, or events. */
export function makeStatsView({ stream, context, output }: StatsViewParts): StatsView {
  const { io, clock } = context;
  const line = makeStatusLine(io, clock);
  const out = output.above(line);
  const live = new LiveBlock(io, output);
  line.set(`Reading the stream of ${stream.tableName}`);
  return {
    async draw(event) {
      switch (event.type) {
        case 'snapshot':
          line.end();
          if (output.format === 'ndjson') await output.event({ ...event, ...streamFields(stream) });
          else if (output.format === 'human') await showSnapshot(event, stream, io, output, live);
          break;
        case 'summary': {
          line.end();
          const { gaps, statistics } = event;
          const document = { ...streamFields(stream), gaps, ...statistics };
          if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
          else if (output.format === 'json') await output.document(document);
          else await live.draw(await statisticsText(statistics, stream, io), 'last');
          break;
        }
        default: {
          const aside = asideOf(event);
          if (aside === undefined) break;
          if (aside.level === 'warning') live.leave();
          if (aside.level === 'note' && out.format === 'human') out.detail(aside.text);
          else out.aside(aside);
        }
      }
    },
    end() {
      line.end();
    },
  };
}

async function showSnapshot(
  { statistics, recentPerSecond }: Extract<StatsEvent, { type: 'snapshot' }>,
  stream: StreamRef,
  io: Io,
  output: Output,
  live: LiveBlock,
): Promise<void> {
  if (live.isPossible) {
    const text = await statisticsText(statistics, stream, io, ROWS_WHILE_LIVE);
    await live.draw(`${text}\n\n${formatRate(recentPerSecond)} lately  Ctrl-C ends`, 'more');
    return;
  }
  const { to, records, lagMs } = statistics;
  const lag = lagMs === null ? '' : `  lag ${formatAge(lagMs)}`;
  await output.line(`${to}  ${plural(records, 'record')}  ${formatRate(recentPerSecond)}${lag}`);
}

/** A block of lines on stdout that takes the place of the one before. */
class LiveBlock {
  readonly #io: Io;
  readonly #output: Output;
  #lines = 0;

  constructor(io: Io, output: Output) {
    this.#io = io;
    this.#output = output;
  }

  /** Whether stdout is a screen on which something may move. */
  get isPossible(): boolean {
    return this.#io.stdoutIsTty && this.#io.progress;
  }

  async draw(text: string, comes: 'more' | 'last'): Promise<void> {
    if (!this.isPossible) {
      await this.#output.line(text);
      return;
    }
    // A line that wraps would make the block higher than it is counted.
    const width = this.#io.width - 1;
    const lines = text.split('\n').map(line => truncate(line, width, this.#io.unicode ? '…' : '...'));
    const up = this.#lines === 0 ? '' : `\u001b[${this.#lines}A\u001b[J`;
    await this.#output.bytes(Buffer.from(`${up}${lines.join('\n')}\n`));
    this.#lines = comes === 'more' ? lines.length : 0;
  }

  /** Something else is written below: the block stays where it is. */
  leave(): void {
    this.#lines = 0;
  }
}

/** All that was measured, for people; at most `rows` shards and keys. */
async function statisticsText(
  statistics: StreamStatistics,
  stream: StreamRef,
  io: Io,
  rows = Number.POSITIVE_INFINITY,
): Promise<string> {
  const { bold } = makePalettes(io).stdout;
  const { records, perSecond, from, to, seconds, byEvent, ttlDeletes, sizeBytes, lagMs } = statistics;
  const rate = (name: 'INSERT' | 'MODIFY' | 'REMOVE'): string =>
    `${formatCount(byEvent[name].records)} (${formatRate(byEvent[name].perSecond)})`;
  const facts = keyValues(
    [
      ['stream', `${stream.tableName} in ${stream.region}`],
      ['span', `${from} to ${to} (${formatAge(seconds * 1_000)})`],
      ['records', `${formatCount(records)} (${formatRate(perSecond)})`],
      ['INSERT', rate('INSERT')],
      ['MODIFY', rate('MODIFY')],
      [
        'REMOVE',
        `${rate('REMOVE')}, ${formatCount(ttlDeletes.records)} by TTL (${formatPercent(ttlDeletes.share)} of all)`,
      ],
      ['lag', lagMs === null ? '-' : formatAge(lagMs)],
      [
        'size',
        sizeBytes === null
          ? '-'
          : `min ${formatBytes(sizeBytes.min)}, avg ${formatBytes(sizeBytes.avg)}, p50 ${formatBytes(sizeBytes.p50)}, p99 ${formatBytes(sizeBytes.p99)}, max ${formatBytes(sizeBytes.max)}`,
      ],
    ],
    io,
  );
  const parts = [facts];
  const shards = statistics.byShard.slice(0, rows);
  if (shards.length > 0)
    parts.push(`${bold('Shards')}${moreThan(statistics.byShard, rows)}\n${await shardTable(shards, io)}`);
  const keys = statistics.hotKeys.slice(0, rows);
  if (keys.length > 0) {
    const error =
      statistics.hotKeysError === 0
        ? 'counts are exact'
        : `no count is too high by more than ${formatCount(statistics.hotKeysError)}`;
    parts.push(`${bold('Hottest keys')} (${error})\n${await keyTable(keys, io)}`);
  }
  return parts.join('\n\n');
}

function moreThan(all: readonly unknown[], rows: number): string {
  return all.length > rows ? ` (the ${rows} busiest of ${formatCount(all.length)})` : '';
}

function shardTable(shards: StreamStatistics['byShard'], io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  return renderTable(
    [
      { header: 'SHARD', key: true },
      { header: 'RECORDS', align: 'right' },
      { header: 'RATE', align: 'right' },
      { header: 'BYTES', align: 'right' },
      { header: 'NEWEST' },
      { header: 'LAG', align: 'right' },
    ],
    shards.map(shard => [
      paint.shard(shard.shardId)(shard.shardId),
      formatCount(shard.records),
      formatRate(shard.perSecond),
      formatBytes(shard.bytes),
      shard.newestAt ?? '-',
      shard.lagMs === null ? '-' : formatAge(shard.lagMs),
    ]),
    io,
  );
}

function keyTable(keys: StreamStatistics['hotKeys'], io: Io): Promise<string> {
  return renderTable(
    [{ header: 'KEY' }, { header: 'RECORDS', align: 'right' }, { header: 'SHARE', align: 'right' }],
    keys.map(({ keys: key, count, atLeast, share }) => [
      keyText(key),
      atLeast === count ? formatCount(count) : `${formatCount(atLeast)}-${formatCount(count)}`,
      formatPercent(share),
    ]),
    io,
  );
}

function keyText(keys: PlainObject): string {
  return safeText(
    Object.entries(keys)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' '),
  );
}

function streamFields(stream: StreamRef) {
  return { table: stream.tableName, region: stream.region, streamArn: stream.streamArn };
}
