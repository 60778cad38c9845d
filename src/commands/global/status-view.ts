import type { Inaccessible, GlobalStatus, RegionStatus } from '../../lib/global/status.js';
import { valueOf } from '../../lib/global/looked.js';
import { LEGACY_VERSION } from '../../lib/global/global-table.js';
import { formatDuration } from '../../lib/model/duration.js';
import { formatInstant } from '../../lib/model/instant.js';
import { formatBytes } from '../../lib/model/size.js';
import { formatCount, hoursLeft, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';
import { failureJson, failureWords } from './failure-words.js';

/** One Region as json and ndjson show it; null is "not known" or "not set", and `error` says which. */
export function regionEvent(status: RegionStatus) {
  const { region, role, replica, lag, inaccessible } = status;
  const table = valueOf(status.table);
  const recovery = valueOf(status.recovery);
  return {
    region,
    role,
    error: status.table.known ? null : failureJson(region, status.table.error),
    replica:
      replica === undefined
        ? null
        : {
            status: replica.status ?? null,
            description: replica.statusDescription ?? null,
            percent: replica.percent ?? null,
          },
    tableStatus: table?.status ?? null,
    indexes: table?.indexes.map(({ name, status: state }) => ({ name, status: state })) ?? null,
    billingMode: table === undefined ? null : table.capacity === undefined ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    readUnits: table?.capacity?.readUnits ?? null,
    writeUnits: table?.capacity?.writeUnits ?? null,
    tableClass: table?.tableClass ?? null,
    kmsKeyArn: table?.encryption?.kmsKeyArn ?? null,
    streamViewType: table?.streamViewType ?? null,
    deletionProtection: table?.isDeletionProtected ?? null,
    pointInTimeRecovery: recovery?.enabled ?? null,
    recoveryDays: recovery?.days ?? null,
    timeToLiveAttribute: valueOf(status.timeToLive) ?? null,
    items: table?.itemCount ?? null,
    sizeBytes: table?.sizeBytes ?? null,
    replicationLatency:
      lag === undefined ? null : { averageMs: lag.averageMs, maximumMs: lag.maximumMs, at: formatInstant(lag.atMs) },
    inaccessibleSince: inaccessible === undefined ? null : formatInstant(inaccessible.sinceMs),
    hoursLeft: inaccessible === undefined ? null : Math.floor(inaccessible.leftMs / 360_000) / 10,
  };
}

/** The whole status as one document. */
export function statusDocument(status: GlobalStatus) {
  const regions = status.regions.map(regionEvent);
  const summary = {
    table: status.tableName,
    version: status.version ?? null,
    legacy: status.version === LEGACY_VERSION,
    consistency: status.consistency,
    regions: regions.map(region => region.region),
    witnesses: status.witnesses,
    active: status.regions.filter(isActive).length,
    failed: regions.flatMap(region => (region.error === null ? [] : [region.error])),
    latencyFailed: status.lagFailures.map(({ region, error }) => failureJson(region, error)),
  };
  return { ...summary, regions, summary };
}

function isActive({ table, replica }: RegionStatus): boolean {
  return valueOf(table)?.status === 'ACTIVE' && (replica === undefined || replica.status === 'ACTIVE');
}

/** The status for people: who is where and how it is, then the settings. */
export async function statusText(status: GlobalStatus, io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const states = await renderTable(
    STATE_COLUMNS,
    [...status.regions.map(region => stateRow(region, paint)), ...witnessRows(status)],
    io,
  );
  const settings = await renderTable(
    SETTING_COLUMNS,
    status.regions.map(region => settingRow(region, paint)),
    io,
  );
  return [`${headline(status, paint)}\n`, states, '', settings].join('\n');
}

/** What stands out, one sentence each. */
export function statusWarnings(status: GlobalStatus): readonly string[] {
  const warnings: string[] = [];
  if (status.version === LEGACY_VERSION) {
    warnings.push(
      `${status.tableName} is a global table of the legacy version ${LEGACY_VERSION}: convert it in the console.`,
    );
  }
  for (const region of status.regions) {
    if (!region.table.known) warnings.push(`${region.region}: ${failureWords(region.table.error).message}`);
    if (region.inaccessible !== undefined) warnings.push(inaccessibleText(region.region, region.inaccessible));
    if (region.replica?.status === 'CREATION_FAILED') {
      const reason = region.replica.statusDescription ?? 'AWS gives no reason';
      warnings.push(
        `${region.region}: the replica could not be made (${reason}). Take it away with: ddbx global remove-replica ${status.tableName} ${region.region}`,
      );
    }
  }
  for (const { region, error } of status.lagFailures) {
    warnings.push(`The latency out of ${region} is not known: ${failureWords(error).message}`);
  }
  return warnings;
}

function inaccessibleText(region: string, { sinceMs, leftMs }: Inaccessible): string {
  const since = `${region}: DynamoDB cannot use this replica since ${formatInstant(sinceMs)}`;
  return leftMs === 0
    ? `${since}, and the time after which it leaves the group for good is over.`
    : `${since}; when that is not mended it leaves the group for good (${hoursLeft(leftMs)}). Look at its KMS key, and whether the Region is enabled.`;
}

function headline({ tableName, version, consistency, regions, witnesses }: GlobalStatus, paint: Palette): string {
  const name = paint.bold(tableName);
  switch (consistency) {
    case 'regional':
      return `${name}: a table of one Region`;
    case 'eventual':
      return `${name}: global table ${version ?? ''}, eventually consistent (MREC), ${plural(regions.length, 'Region')}`;
    case 'strong':
      return `${name}: global table ${version ?? ''}, strongly consistent (MRSC), ${plural(regions.length, 'Region')}${witnesses.length === 0 ? '' : ' and a witness'}`;
  }
}

const STATE_COLUMNS: readonly Column[] = [
  { header: 'REGION', key: true },
  { header: 'ROLE' },
  { header: 'REPLICA' },
  { header: 'TABLE' },
  { header: 'INDEXES' },
  { header: 'ITEMS', align: 'right' },
  { header: 'SIZE', align: 'right' },
  { header: 'LAG (MAX)', align: 'right' },
  { header: 'INACCESSIBLE' },
];

function stateRow(status: RegionStatus, paint: Palette): readonly string[] {
  const { region, role, replica, lag } = status;
  const table = valueOf(status.table);
  const replicaCell = replica === undefined ? '-' : replicaText(replica.status ?? 'UNKNOWN', replica.percent, paint);
  if (table === undefined) return [region, role, replicaCell, paint.bad('not reached')];
  return [
    region,
    role,
    replicaCell,
    stateCell(table.status, paint),
    indexesCell(table.indexes, paint),
    formatCount(table.itemCount),
    formatBytes(table.sizeBytes),
    lag === undefined ? '-' : `${formatDuration(lag.averageMs)} (${formatDuration(lag.maximumMs)})`,
    status.inaccessible === undefined ? '-' : paint.bad(hoursLeft(status.inaccessible.leftMs)),
  ];
}

function witnessRows(status: GlobalStatus): readonly (readonly string[])[] {
  return status.witnesses.map(witness => [witness.region, 'witness', witness.status, '-', '-', '-', '-', '-', '-']);
}

function replicaText(state: string, percent: number | undefined, paint: Palette): string {
  const text = percent === undefined || state === 'ACTIVE' ? state : `${state} ${percent}%`;
  return stateCell(text, paint);
}

function stateCell(text: string, paint: Palette): string {
  if (text === 'ACTIVE') return paint.good(text);
  return /^(?:CREATING|UPDATING|DELETING)/.test(text) ? paint.warn(text) : paint.bad(text);
}

function indexesCell(indexes: readonly { readonly name: string; readonly status: string }[], paint: Palette): string {
  if (indexes.length === 0) return '-';
  const busy = indexes.filter(index => index.status !== 'ACTIVE');
  if (busy.length === 0) return paint.good(`${indexes.length} ACTIVE`);
  return busy.map(index => `${index.name} ${stateCell(index.status, paint)}`).join(', ');
}

const SETTING_COLUMNS: readonly Column[] = [
  { header: 'REGION', key: true },
  { header: 'BILLING' },
  { header: 'CLASS' },
  { header: 'KEY' },
  { header: 'STREAM' },
  { header: 'PROTECTED' },
  { header: 'RECOVERY' },
  { header: 'TTL' },
];

function settingRow(status: RegionStatus, paint: Palette): readonly string[] {
  const table = valueOf(status.table);
  if (table === undefined) return [status.region, paint.bad('not reached')];
  const recovery = valueOf(status.recovery);
  return [
    status.region,
    table.capacity === undefined
      ? 'on demand'
      : `${formatCount(table.capacity.readUnits)} RCU, ${formatCount(table.capacity.writeUnits)} WCU`,
    table.tableClass === 'STANDARD' ? 'standard' : 'infrequent access',
    keyCell(table.encryption?.kmsKeyArn),
    table.streamViewType ?? paint.dim('off'),
    table.isDeletionProtected ? 'yes' : 'no',
    recovery === undefined ? '?' : recovery.enabled ? `${recovery.days ?? 35} days` : 'off',
    status.timeToLive.known ? (status.timeToLive.value ?? 'off') : '?',
  ];
}

/** The end of a key's ARN tells keys apart; AWS's own key has no ARN here. */
function keyCell(arn: string | undefined): string {
  return arn === undefined ? 'owned by AWS' : (arn.split(':key/')[1] ?? arn);
}
