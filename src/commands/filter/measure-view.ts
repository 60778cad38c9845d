import type { CommandContext } from '../../context.js';
import { formatDuration } from '../../lib/model/duration.js';
import type { FilterMeasurement, LostGroup, MeasureEvent, PassCount } from '../../lib/streams/measure-filter.js';
import type { StreamRef } from '../../lib/streams/read-events.js';
import { formatCount, formatPercent, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import { renderTable } from '../../lib/terminal/table.js';
import { safeText } from '../../lib/terminal/text.js';
import { asideOf } from '../streams/tail-words.js';
import { foundText } from './explain-view.js';

/** Draws the events of a measurement. */
export interface MeasureView {
  draw(event: MeasureEvent): Promise<void>;
  /** Gives the terminal back. */
  end(): void;
}

interface MeasureViewParts {
  readonly stream: StreamRef;
  readonly context: CommandContext;
  readonly output: Output;
}

/** Makes the view: a status line while it reads, and a block, a document or an event at the end. */
export function makeMeasureView({ stream, context, output }: MeasureViewParts): MeasureView {
  const { io, clock } = context;
  const line = makeStatusLine(io, clock);
  const out = output.above(line);
  line.set(`Reading the stream of ${stream.tableName}`);
  return {
    async draw(event) {
      switch (event.type) {
        case 'measure-progress':
          line.set(
            `Reading the stream of ${stream.tableName}: ${plural(event.records, 'record')}, ${formatCount(event.passed)} pass`,
          );
          break;
        case 'summary': {
          line.end();
          const { gaps, measurement } = event;
          const { tableName: table, region, streamArn } = stream;
          const document = { table, region, streamArn, gaps, ...measurement };
          if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
          else if (output.format === 'json') await output.document(document);
          else await output.line(await measurementText(measurement, stream, io));
          break;
        }
        default: {
          const aside = asideOf(event);
          if (aside === undefined) break;
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

async function measurementText(measured: FilterMeasurement, stream: StreamRef, io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const { from, to, byEvent, invocations, lost } = measured;
  const head = `${paint.bold(safeText(stream.tableName))} in ${stream.region}, ${from} to ${to}`;
  if (measured.records === 0) return `${head}\n\nNo records: a longer span may have some, as with --since 6h.`;
  const rows = [...Object.entries(byEvent), ['all', measured] as const].map(([name, count]) => countRow(name, count));
  const table = await renderTable(COUNT_COLUMNS, rows, io);
  const { batchSize, windowMs, withoutFilter, withFilter, saved, savedShare } = invocations;
  const window = windowMs === 0 ? '' : ` and a window of ${formatDuration(windowMs)}`;
  const batches =
    `Invocations, about, at a batch size of ${formatCount(batchSize)}${window}: ` +
    `${formatCount(withoutFilter)} without the filter, ${formatCount(withFilter)} with it; ` +
    `${formatCount(saved)} saved (${formatPercent(savedShare ?? 0)})`;
  const blocks = [head, table, batches];
  if (lost.records > 0) {
    blocks.push(
      `Lost to the consumer: ${plural(lost.records, 'record')}, by the first path that does not hold\n${await lostTable(lost.reasons, io)}`,
    );
  }
  return blocks.join('\n\n');
}

const COUNT_COLUMNS = [
  { header: 'EVENT', key: true },
  { header: 'RECORDS', align: 'right' },
  { header: 'PASS', align: 'right' },
  { header: 'SHARE', align: 'right' },
] as const;

function countRow(name: string, { records, passed, share }: PassCount): readonly string[] {
  return [name, formatCount(records), formatCount(passed), share === null ? '-' : formatPercent(share)];
}

function lostTable(reasons: readonly LostGroup[], io: Io): Promise<string> {
  const columns = [
    { header: 'RECORDS', align: 'right' },
    { header: 'FILTER', align: 'right' },
    { header: 'PATH', key: true },
    { header: 'SUCH AS' },
    { header: 'FOUND' },
  ] as const;
  const rows = reasons.map(({ records, filter, path, example }) => [
    formatCount(records),
    formatCount(filter),
    safeText(path ?? 'not all in one member of a list'),
    safeText(`${example.event} ${JSON.stringify(example.keys)}`),
    path === null ? '' : safeText(foundText(example.found)),
  ]);
  return renderTable(columns, rows, io);
}
