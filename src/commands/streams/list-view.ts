import { isAwsError } from '../../lib/aws/aws-error.js';
import { DdbxError } from '../../lib/model/error.js';
import { formatInstant } from '../../lib/model/instant.js';
import type { OverviewEvent, StreamOverview } from '../../lib/streams/streams-overview.js';
import { formatAge, formatCount } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';

/** A stream as json and ndjson show it. */
function streamJson(stream: StreamOverview) {
  const { retention, leftMs } = stream;
  return {
    table: stream.tableName,
    region: stream.region,
    status: stream.status,
    viewType: stream.viewType ?? null,
    openShards: stream.openShards,
    closedShards: stream.closedShards,
    createdAt: stream.createdAtMs === undefined ? null : formatInstant(stream.createdAtMs),
    /** Null while the stream is on. */
    lastRecordGoneAt: retention.kind === 'live' ? null : formatInstant(retention.atMs),
    lastRecordGoneAtIsExact: retention.kind === 'live' ? null : retention.exact,
    hoursLeft: leftMs === undefined ? null : Math.round(leftMs / 360_000) / 10,
    consumers: stream.consumers.consumers,
    unknownConsumers: stream.consumers.unknown,
    label: stream.label,
    streamArn: stream.streamArn,
  };
}

/** An event as a line of ndjson. */
export async function overviewEvent(event: OverviewEvent): Promise<object> {
  switch (event.type) {
    case 'stream':
      return { type: 'stream', ...streamJson(event) };
    case 'table-without-stream':
      return { type: event.type, table: event.tableName, region: event.region };
    case 'stream-failed':
    case 'region-failed':
      return { type: event.type, ...(await failureJson(event)) };
  }
}

/** The whole list as one document. */
export async function listDocument(events: readonly OverviewEvent[], regions: readonly string[]) {
  const streams = events.flatMap(event => (event.type === 'stream' ? [streamJson(event)] : []));
  const tablesWithoutStream = events.flatMap(event =>
    event.type === 'table-without-stream' ? [{ table: event.tableName, region: event.region }] : [],
  );
  const failed = await Promise.all(
    events.flatMap(event =>
      event.type === 'stream-failed' || event.type === 'region-failed' ? [failureJson(event)] : [],
    ),
  );
  const summary = {
    regions,
    streams: streams.length,
    enabled: streams.filter(stream => stream.lastRecordGoneAt === null).length,
    failed,
  };
  return { document: { regions, streams, tablesWithoutStream, failed }, summary };
}

/** The table for people: Regions only where there are several. */
export async function listText(events: readonly OverviewEvent[], regions: readonly string[], io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const region: Column[] = regions.length > 1 ? [{ header: 'REGION' }] : [];
  const columns: readonly Column[] = [
    { header: 'TABLE', key: true },
    ...region,
    { header: 'STATUS' },
    { header: 'VIEW' },
    { header: 'OPEN', align: 'right' },
    { header: 'CLOSED', align: 'right' },
    { header: 'AGE', align: 'right' },
    { header: 'GONE IN', align: 'right' },
    { header: 'CONSUMERS' },
    { header: 'LABEL' },
  ];
  const rows = events.flatMap(event => {
    if (event.type !== 'stream' && event.type !== 'table-without-stream') return [];
    const place = regions.length > 1 ? [event.region] : [];
    if (event.type === 'table-without-stream') return [[event.tableName, ...place, paint.dim('no stream')]];
    return [
      [
        event.tableName,
        ...place,
        statusCell(event, paint),
        event.viewType ?? '-',
        formatCount(event.openShards),
        formatCount(event.closedShards),
        event.ageMs === undefined ? '-' : formatAge(event.ageMs),
        goneCell(event),
        consumersCell(event),
        event.label,
      ],
    ];
  });
  return renderTable(columns, rows, io);
}

function statusCell({ status }: StreamOverview, paint: Palette): string {
  switch (status) {
    case 'ENABLED':
      return paint.good(status);
    case 'ENABLING':
    case 'DISABLING':
      return paint.warn(status);
    case 'DISABLED':
      return paint.dim(status);
  }
}

/** A stream that is on goes on filling; `<=` marks a bound where the last record could not be read. */
function goneCell({ retention, leftMs }: StreamOverview): string {
  if (retention.kind === 'live' || leftMs === undefined) return '-';
  if (leftMs === 0) return 'gone';
  return retention.exact ? formatAge(leftMs) : `<= ${formatAge(leftMs)}`;
}

function consumersCell({ consumers }: StreamOverview): string {
  const names = consumers.consumers.map(({ kind, name }) => (kind === 'pipe' ? `pipe ${name}` : name));
  const unknown = consumers.unknown.length > 0 ? ['?'] : [];
  return [...names, ...unknown].join(', ') || '-';
}

async function failureJson(event: Extract<OverviewEvent, { type: 'stream-failed' | 'region-failed' }>) {
  const error = isAwsError(event.error)
    ? (await import('../../lib/aws/translate.js')).translateAwsError(event.error)
    : event.error;
  return {
    region: event.region,
    streamArn: event.type === 'stream-failed' ? event.streamArn : null,
    code: error instanceof DdbxError ? error.code : 'unknown',
    message: error instanceof Error ? error.message : String(error),
  };
}
