import type { PairTimes, ProbeEvent } from '../../lib/global/probe.js';
import { formatDuration } from '../../lib/model/duration.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';

/** What happens on the way as a line of ndjson. */
export function probeEvent(event: Exclude<ProbeEvent, { type: 'summary' }>) {
  return event.type === 'cleaned' ? { ...event, region: event.region ?? null } : event;
}

/** The result as one document. */
export function probeDocument(result: {
  readonly table: string;
  readonly runId: string;
  readonly isStrong: boolean;
  readonly pairs: readonly PairTimes[];
  readonly left: number;
}) {
  return {
    table: result.table,
    runId: result.runId,
    consistency: result.isStrong ? 'strong' : 'eventual',
    pairs: result.pairs.map(({ p50Ms, p90Ms, p99Ms, maximumMs, ...pair }) => ({
      ...pair,
      p50Ms: p50Ms ?? null,
      p90Ms: p90Ms ?? null,
      p99Ms: p99Ms ?? null,
      maximumMs: maximumMs ?? null,
    })),
    lost: result.pairs.reduce((sum, pair) => sum + pair.lost, 0),
    canariesLeft: result.left,
  };
}

/** The matrix for people: one row a direction. */
export async function probeText(pairs: readonly PairTimes[], isStrong: boolean, io: Io): Promise<string> {
  const { good, bad } = makePalettes(io).stdout;
  const columns: readonly Column[] = [
    { header: 'FROM', key: true },
    { header: 'TO', key: true },
    { header: 'SENT', align: 'right' },
    { header: 'P50', align: 'right' },
    { header: 'P90', align: 'right' },
    { header: 'P99', align: 'right' },
    { header: 'MAX', align: 'right' },
    { header: isStrong ? 'STALE' : 'LOST', align: 'right' },
  ];
  const time = (ms: number | undefined): string => (ms === undefined ? '-' : formatDuration(ms));
  const rows = pairs.map(({ from, to, sent, p50Ms, p90Ms, p99Ms, maximumMs, lost }) => [
    from,
    to,
    String(sent),
    time(p50Ms),
    time(p90Ms),
    time(p99Ms),
    time(maximumMs),
    lost === 0 ? '0' : bad(String(lost)),
  ]);
  const table = await renderTable(columns, rows, io);
  if (!isStrong) return table;
  const lost = pairs.reduce((sum, pair) => sum + pair.lost, 0);
  const verdict =
    lost === 0
      ? good('Every strongly consistent read found what another Region had just written.')
      : bad('Some strongly consistent reads did not find what another Region had just written.');
  return `${table}\n\n${verdict}`;
}
