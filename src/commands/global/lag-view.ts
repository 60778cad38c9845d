import type { LagReport, PairLag } from '../../lib/global/lag.js';
import { formatDuration } from '../../lib/model/duration.js';
import { formatInstant } from '../../lib/model/instant.js';
import { formatCount } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { sparkline } from '../../lib/terminal/sparkline.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';
import { failureJson, failureWords } from './failure-words.js';

/** Columns that a chart may take. */
const CHART_WIDTH = 40;

/** A direction between two Regions as json and ndjson show it. */
export function pairJson({ from, to, state, latest, averagesMs, maximumMs, silentSinceMs, writesSince }: PairLag) {
  return {
    from,
    to,
    state,
    latestAverageMs: latest?.averageMs ?? null,
    latestMaximumMs: latest?.maximumMs ?? null,
    latestAt: latest === undefined ? null : formatInstant(latest.atMs),
    maximumMs: maximumMs ?? null,
    silentSince: silentSinceMs === undefined ? null : formatInstant(silentSinceMs),
    writeUnitsSince: writesSince ?? null,
    averagesMs,
  };
}

/** The whole report as one document. */
export function lagDocument(report: LagReport, above: readonly PairLag[]) {
  const summary = {
    table: report.tableName,
    start: formatInstant(report.startMs),
    end: formatInstant(report.endMs),
    periodMs: report.periodMs,
    stalled: report.pairs.filter(pair => pair.state === 'stalled').map(({ from, to }) => ({ from, to })),
    above: above.map(({ from, to }) => ({ from, to })),
    failed: report.failures.map(({ region, error }) => failureJson(region, error)),
  };
  return { summary, document: { ...summary, pairs: report.pairs.map(pairJson) } };
}

/** The table for people: one row a direction, with its chart on the scale of all. */
export async function lagText(report: LagReport, io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const top = Math.max(0, ...report.pairs.map(pair => pair.maximumMs ?? 0));
  const columns: readonly Column[] = [
    { header: 'FROM', key: true },
    { header: 'TO', key: true },
    { header: 'NOW', align: 'right' },
    { header: 'MAX', align: 'right' },
    { header: `LAST ${formatDuration(report.endMs - report.startMs)}` },
    { header: 'STATE' },
  ];
  const rows = report.pairs.map(pair => [
    pair.from,
    pair.to,
    pair.latest === undefined ? '-' : formatDuration(pair.latest.averageMs),
    pair.maximumMs === undefined ? '-' : formatDuration(pair.maximumMs),
    io.unicode ? chart(pair.averagesMs, top) : '-',
    stateCell(pair, report, paint),
  ]);
  return renderTable(columns, rows, io);
}

/** Several periods share a column where there are more than fit; the worst one of them is shown. */
function chart(averagesMs: readonly (number | null)[], top: number): string {
  const perColumn = Math.ceil(averagesMs.length / CHART_WIDTH);
  const values: number[] = [];
  for (let at = 0; at < averagesMs.length; at += perColumn) {
    const known = averagesMs.slice(at, at + perColumn).filter(value => value !== null);
    values.push(known.length === 0 ? Number.NaN : Math.max(...known));
  }
  return sparkline(values, top).trimEnd();
}

function stateCell(pair: PairLag, report: LagReport, paint: Palette): string {
  switch (pair.state) {
    case 'flowing':
      return paint.good('flowing');
    case 'stalled':
      return paint.bad(`stalled? nothing for ${silence(pair, report)}`);
    case 'silent':
      return paint.warn(`nothing for ${silence(pair, report)}`);
    case 'no-data':
      return paint.dim('no data');
  }
}

function silence(pair: PairLag, report: LagReport): string {
  return formatDuration(report.endMs - (pair.silentSinceMs ?? report.endMs));
}

/** What stands out, one sentence each. */
export function lagWarnings(report: LagReport): readonly string[] {
  return [
    ...report.pairs.flatMap(pair => {
      if (pair.state === 'stalled') {
        return [
          `${pair.from} to ${pair.to}: no latency is reported any more, although ${formatCount(Math.round(pair.writesSince ?? 0))} units were written there since. Replication may have stalled; ddbx global probe ${report.tableName} finds out.`,
        ];
      }
      if (pair.state === 'silent') {
        return [
          `${pair.from} to ${pair.to}: no latency is reported any more. Either nothing was written, or replication has stalled; ddbx global probe ${report.tableName} finds out.`,
        ];
      }
      return [];
    }),
    ...report.failures.map(
      ({ region, error }) => `The latency out of ${region} is not known: ${failureWords(error).message}`,
    ),
  ];
}
