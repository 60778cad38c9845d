import type { CommandContext } from '../../context.js';
import type { ReadStats, StreamRef } from '../../lib/streams/read-events.js';
import { toPlainRecord } from '../../lib/streams/plain-record.js';
import { compileTemplate } from '../../lib/streams/record-template.js';
import { lambdaSplice, type StreamRecord, writeNdjson } from '../../lib/streams/stream-record.js';
import type { TailEvent } from '../../lib/streams/tail.js';
import type { TailTotals } from '../../lib/streams/tail-summary.js';
import { formatAge, formatCount, formatRate, formatUsd, plural } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';
import { makeStatusLine, type StatusLine } from '../../lib/terminal/status-line.js';
import { safeText } from '../../lib/terminal/text.js';
import type { TailOptions } from './tail.js';
import { makeRecordPainter } from './record-painter.js';
import { asideOf } from './tail-words.js';

/** Draws the events of a tail. */
export interface TailView {
  /** Resolves when the event has been written. */
  draw(event: TailEvent): Promise<void>;
  /** Gives the terminal back. */
  end(): Promise<void>;
}

interface TailViewParts {
  readonly options: TailOptions;
  readonly context: CommandContext;
  readonly output: Output;
  readonly stats: ReadStats;
}

/** Makes the view: blocks for people, a template's lines, or NDJSON; what is no record goes to stderr. */
export function makeTailView({ options, context, output, stats }: TailViewParts): TailView {
  const { io, clock } = context;
  const line = makeStatusLine(io, clock);
  const out = output.above(line);
  const write = recordWriter(options, context, out);
  const status = new TailStatus(stats, clock.now());
  return {
    async draw(event) {
      switch (event.type) {
        case 'records':
          await write(event.stream, event.shardId, event.records);
          status.count(event.records.length);
          break;
        case 'summary':
          line.end();
          showSummary(event.totals, output);
          break;
        default: {
          if (event.type === 'throttled') status.throttled();
          const aside = asideOf(event);
          if (aside !== undefined) out.aside(aside);
        }
      }
      showStatus(line, status, context);
    },
    async end() {
      line.end();
      await Promise.resolve();
    },
  };
}

type WriteRecords = (stream: StreamRef, shardId: string, records: readonly StreamRecord[]) => Promise<void>;

/** Chooses, once, how records are written. */
function recordWriter(options: TailOptions, context: CommandContext, out: Output): WriteRecords {
  const plainOf = (stream: StreamRef, shardId: string, record: StreamRecord) =>
    toPlainRecord(record, { table: stream.tableName, region: stream.region, shardId });
  if (options.template !== undefined) {
    const fill = compileTemplate(options.template);
    // A terminal must not be steered by what is in a table.
    const safe = context.io.stdoutIsTty ? safeLines : (text: string) => text;
    return (stream, shardId, records) =>
      out.bytes(Buffer.from(records.map(record => `${safe(fill(plainOf(stream, shardId, record)))}\n`).join('')));
  }
  const hasQuery = context.globals.query !== undefined;
  if (out.format === 'human' && options.record === undefined) {
    const paint = makeRecordPainter({
      io: context.io,
      wide: options.wide,
      showsRegion: options.regions.length > 1,
      showsTable: options.tables.length > 1,
    });
    return (stream, shardId, records) =>
      out.bytes(Buffer.from(records.map(record => paint(stream, shardId, record)).join('')));
  }
  if (options.record === 'plain') {
    return async (stream, shardId, records) => {
      if (hasQuery) {
        for (const record of records) await out.event(plainOf(stream, shardId, record));
      } else {
        const lines = records.map(record => `${JSON.stringify(plainOf(stream, shardId, record))}\n`);
        await out.bytes(Buffer.from(lines.join('')));
      }
    };
  }
  const splices = new Map<string, Buffer>();
  return async (stream, shardId, records) => {
    const key = `${stream.streamArn} ${shardId}`;
    const splice = splices.get(key) ?? lambdaSplice(stream.streamArn, shardId);
    splices.set(key, splice);
    if (!hasQuery) {
      await out.bytes(writeNdjson(records, splice));
      return;
    }
    for (const record of records) await out.event(JSON.parse(writeNdjson([record], splice).toString('utf8')));
  };
}

/** What the status line tells. */
class TailStatus {
  readonly #stats: ReadStats;
  readonly #startedAtMs: number;
  #records = 0;
  #throttles = 0;

  constructor(stats: ReadStats, startedAtMs: number) {
    this.#stats = stats;
    this.#startedAtMs = startedAtMs;
  }

  count(records: number): void {
    this.#records += records;
  }

  throttled(): void {
    this.#throttles += 1;
  }

  text(nowMs: number): string {
    const seconds = Math.max(1, (nowMs - this.#startedAtMs) / 1_000);
    const lags = [...this.#stats.lagMsByShard.values()];
    return [
      `${plural(this.#records, 'record')}, ${formatRate(this.#records / seconds)}`,
      plural(lags.length, 'shard'),
      `lag ${formatAge(Math.max(0, ...lags))}`,
      ...(this.#throttles === 0 ? [] : [plural(this.#throttles, 'throttle')]),
      'Ctrl-C ends',
    ].join('  ');
  }
}

function showStatus(line: StatusLine, status: TailStatus, context: CommandContext): void {
  line.set(() => status.text(context.clock.now()));
}

function showSummary(totals: TailTotals, output: Output): void {
  const { INSERT, MODIFY, REMOVE } = totals.byEvent;
  const counts = [
    `${formatCount(INSERT)} INSERT`,
    `${formatCount(MODIFY)} MODIFY`,
    `${formatCount(REMOVE)} REMOVE${totals.ttlDeletes === 0 ? '' : ` (${formatCount(totals.ttlDeletes)} by TTL)`}`,
  ].join(', ');
  const shards = totals.byShard.length === 0 ? '' : ` from ${plural(totals.byShard.length, 'shard')}`;
  const trouble = [
    ...(totals.gaps === 0 ? [] : [plural(totals.gaps, 'gap')]),
    ...(totals.throttles === 0 ? [] : [plural(totals.throttles, 'throttle')]),
    ...(totals.retries === 0 ? [] : [plural(totals.retries, 'retry', 'retries')]),
  ];
  output.aside({
    level: 'note',
    text: [
      `${plural(totals.records, 'record')}${shards} in ${formatAge(totals.durationMs)}: ${counts}`,
      ...trouble,
      `${plural(totals.getRecordsCalls, 'GetRecords call')}, at most ${formatUsd(totals.costUsdBeforeFreeTier)} at $0.02 per 100,000`,
    ].join('; '),
    event: Object.assign({ type: 'summary' }, totals),
  });
}

/** Control characters become visible; the line ends and tabs that the template wrote stay. */
function safeLines(text: string): string {
  return text.replace(/[^\n\t]+/g, safeText);
}
