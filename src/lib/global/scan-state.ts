import { type AttributeMap, isAttributeMap } from '../model/attribute-value.js';
import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { DigestSums } from './digest-sums.js';

/** How far one segment of one Region has been read. */
export interface SegmentState {
  readonly done: boolean;
  /** Where it goes on; undefined at its begin. */
  readonly lastKey: AttributeMap | undefined;
}

/** What has been read of one Region. */
export interface RegionScan {
  readonly region: string;
  readonly segments: SegmentState[];
  /** One slot a segment: where it differs, the segment is read again. */
  readonly bySegment: DigestSums;
  /** One slot a key range, by the hash of the key: these are comparable even if AWS cuts segments differently. */
  readonly byRange: DigestSums;
  items: number;
  units: number;
}

/** The whole first reading, as it is kept in a checkpoint. */
export interface ScanState {
  readonly tableName: string;
  readonly segments: number;
  readonly ranges: number;
  readonly regions: readonly RegionScan[];
}

/** A reading that has not begun. */
export function emptyScan(tableName: string, regions: readonly string[], segments: number, ranges: number): ScanState {
  return {
    tableName,
    segments,
    ranges,
    regions: regions.map(region => ({
      region,
      segments: Array.from({ length: segments }, () => ({ done: false, lastKey: undefined })),
      bySegment: new DigestSums(segments),
      byRange: new DigestSums(ranges),
      items: 0,
      units: 0,
    })),
  };
}

/** The state as one line of JSON. */
export function formatScan(state: ScanState): string {
  const { tableName, segments, ranges } = state;
  const regions = state.regions.map(({ region, segments: states, bySegment, byRange, items, units }) => ({
    region,
    items,
    units,
    segments: states.map(({ done, lastKey }) => (done ? 1 : (lastKey ?? 0))),
    bySegment: Buffer.from(bySegment.toBytes()).toString('base64'),
    byRange: Buffer.from(byRange.toBytes()).toString('base64'),
  }));
  return `${JSON.stringify({ ddbx: 'global-verify', version: 1, table: tableName, segments, ranges, regions })}\n`;
}

/**
 * Reads what `formatScan` wrote.
 * @throws DdbxError `checkpoint-damaged`, or `checkpoint-of-another-table` when it is about other Regions or another table
 */
export function parseScan(text: string, path: string, tableName: string, regions: readonly string[]): ScanState {
  const value = parsed(text);
  const isOurs = isJsonObject(value) && value['ddbx'] === 'global-verify' && value['version'] === 1;
  if (!isOurs || !Array.isArray(value['regions'])) throw damaged(path);
  const { table, segments, ranges } = value;
  if (typeof segments !== 'number' || typeof ranges !== 'number') throw damaged(path);
  const found = value['regions'].map(each => regionScan(each, segments, ranges, path));
  const isSame = table === tableName && found.map(each => each.region).join() === regions.join();
  if (!isSame) {
    throw new DdbxError({
      code: 'checkpoint-of-another-table',
      message: `${path} is the checkpoint of ${String(table)} in ${found.map(each => each.region).join(', ')}, not of ${tableName} in ${regions.join(', ')}.`,
      hint: 'Name another file, or delete this one to begin anew.',
    });
  }
  return { tableName, segments, ranges, regions: found };
}

function regionScan(value: unknown, segments: number, ranges: number, path: string): RegionScan {
  if (!isJsonObject(value)) throw damaged(path);
  const { region, items, units, bySegment, byRange, segments: states } = value;
  const isWhole =
    typeof region === 'string' &&
    typeof items === 'number' &&
    typeof units === 'number' &&
    typeof bySegment === 'string' &&
    typeof byRange === 'string' &&
    Array.isArray(states) &&
    states.length === segments;
  if (!isWhole) throw damaged(path);
  return {
    region,
    items,
    units,
    segments: states.map((state): SegmentState => {
      if (state === 1 || state === 0) return { done: state === 1, lastKey: undefined };
      if (!isAttributeMap(state)) throw damaged(path);
      return { done: false, lastKey: state };
    }),
    bySegment: new DigestSums(segments, Buffer.from(bySegment, 'base64')),
    byRange: new DigestSums(ranges, Buffer.from(byRange, 'base64')),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function damaged(path: string): DdbxError {
  return new DdbxError({
    code: 'checkpoint-damaged',
    message: `${path} is no checkpoint of ddbx global verify, or is damaged.`,
    hint: 'Name another file, or delete this one to begin anew.',
  });
}
