import type { AttributeMap } from '../../model/attribute-value.js';
import { validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import {
  type Members,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalMembers,
  optionalString,
  requiredString,
} from '../members.js';
import { parseAttributes } from './attribute-value.js';
import { readConsumption, readUnits } from './capacity.js';
import { consumedCapacity } from './consumed-capacity.js';
import { recordReads } from './table-metrics.js';
import type { SandboxState } from '../state.js';
import { type Condition, parseCondition } from './expressions/condition.js';
import { satisfies } from './expressions/evaluate.js';
import type { Path } from './expressions/paths.js';
import { Placeholders } from './expressions/placeholders.js';
import { parseProjection, project } from './expressions/projection.js';
import { findUsableTable } from './find-table.js';
import { findIndex, indexItems, indexKeyOf, projectToIndex } from './index-items.js';
import { assertNoLegacyParameters } from './item-input.js';
import type { StoredItem } from './item-store.js';
import { compareKeys } from './key.js';
import { HASH_SPACE } from '../streams/shard.js';
import { parseKeyCondition } from './key-condition.js';
import type { Index, Table } from './table.js';
import { parseTableName } from './table-input.js';

const MAX_READ_BYTES = 1024 * 1024;
const EXPRESSIONS = ['KeyConditionExpression', 'FilterExpression', 'ProjectionExpression'];

/** The operations that read many items. */
export const readOperations: Readonly<Record<string, Operation>> = { Query: query, Scan: scan };

function query(input: Members, { state, region }: Call): unknown {
  assertNoLegacyParameters('Query', input);
  const { table, index } = target(input, region.tables);
  const placeholders = new Placeholders(input, EXPRESSIONS);
  const expression = requiredString(input, 'KeyConditionExpression');
  const keys = index?.keys ?? table.keys;
  const condition = parseKeyCondition(expression, placeholders, keys, table.keyTypes);
  const wanted = parseWanted(input, placeholders);
  const isForward = optionalBoolean(input, 'ScanIndexForward') ?? true;
  const all = index === undefined ? table.items.partition(condition.hash) : indexItems(table, index, condition.hash);
  const { range } = condition;
  const matching = range === undefined ? all : all.filter(({ item }) => satisfies(item, range));
  const ordered = isForward ? matching : [...matching].reverse();
  const from = startKey(input);
  const items = from === undefined ? ordered : ordered.slice(firstBehind(ordered, from, table, index, isForward));
  return readPage(state, input, table, index, items, wanted);
}

function scan(input: Members, { state, region }: Call): unknown {
  assertNoLegacyParameters('Scan', input);
  const { table, index } = target(input, region.tables);
  const placeholders = new Placeholders(input, EXPRESSIONS);
  const wanted = parseWanted(input, placeholders);
  const from = startKey(input);
  const segment = parseSegment(input);
  return readPage(state, input, table, index, scanItems(table, index, from, segment), wanted);
}

function* scanItems(
  table: Table,
  index: Index | undefined,
  from: AttributeMap | undefined,
  { segment, total }: { readonly segment: number; readonly total: number },
): Generator<StoredItem> {
  for (const stored of table.items.scan(from)) {
    if (Math.floor((stored.hash * total) / HASH_SPACE) !== segment) continue;
    if (index === undefined || indexKeyOf(stored.item, index) !== undefined) yield stored;
  }
}

function parseSegment(input: Members) {
  const total = optionalInteger(input, 'TotalSegments', { min: 1, max: 1_000_000 });
  const segment = optionalInteger(input, 'Segment', { min: 0, max: 999_999 });
  if ((total === undefined) !== (segment === undefined)) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (total !== undefined && segment !== undefined && segment >= total) {
    throw validationError(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  return { segment: segment ?? 0, total: total ?? 1 };
}

function target(input: Members, tables: ReadonlyMap<string, Table>) {
  const table = findUsableTable(tables, parseTableName(input));
  const index = findIndex(table, optionalString(input, 'IndexName'));
  if (index?.kind === 'global' && optionalBoolean(input, 'ConsistentRead') === true) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  return { table, index };
}

interface Wanted {
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
  readonly countOnly: boolean;
}

function parseWanted(input: Members, placeholders: Placeholders): Wanted {
  const filter = optionalString(input, 'FilterExpression');
  const projection = optionalString(input, 'ProjectionExpression');
  const select = optionalChoice(input, 'Select', [
    'SPECIFIC_ATTRIBUTES',
    'COUNT',
    'ALL_ATTRIBUTES',
    'ALL_PROJECTED_ATTRIBUTES',
  ] as const);
  if (projection !== undefined && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${select}`);
  }
  const wanted = {
    filter: filter === undefined ? undefined : parseCondition('FilterExpression', filter, placeholders),
    paths: projection === undefined ? undefined : parseProjection(projection, placeholders),
    countOnly: select === 'COUNT',
  };
  placeholders.assertAllUsed();
  return wanted;
}

function startKey(input: Members): AttributeMap | undefined {
  const key = optionalMembers(input, 'ExclusiveStartKey');
  return key === undefined ? undefined : parseAttributes(key);
}

function firstBehind(
  items: readonly StoredItem[],
  from: AttributeMap,
  table: Table,
  index: Index | undefined,
  isForward: boolean,
): number {
  const names = [index?.keys.range, table.keys.hash, table.keys.range].filter(name => name !== undefined);
  const at = items.findIndex(({ item }) => {
    for (const name of names) {
      const value = item[name];
      const start = from[name];
      if (value === undefined || start === undefined) throw validationError('The provided starting key is invalid');
      const order = compareKeys(value, start);
      if (order !== 0) return isForward ? order > 0 : order < 0;
    }
    return false;
  });
  return at < 0 ? items.length : at;
}

function readPage(
  state: SandboxState,
  input: Members,
  table: Table,
  index: Index | undefined,
  items: Iterable<StoredItem>,
  { filter, paths, countOnly }: Wanted,
): unknown {
  const limit = optionalInteger(input, 'Limit', { min: 1 }) ?? Number.POSITIVE_INFINITY;
  const found: AttributeMap[] = [];
  let scanned = 0;
  let matched = 0;
  let bytes = 0;
  let last: AttributeMap | undefined;
  let hasMore = false;
  for (const { item, sizeBytes } of items) {
    if (scanned >= limit || (scanned > 0 && bytes + sizeBytes > MAX_READ_BYTES)) {
      hasMore = true;
      break;
    }
    scanned += 1;
    bytes += sizeBytes;
    last = item;
    if (filter !== undefined && !satisfies(item, filter)) continue;
    matched += 1;
    if (!countOnly) found.push(project(projectToIndex(item, table, index), paths));
  }
  const isConsistent = optionalBoolean(input, 'ConsistentRead') ?? false;
  const consumption = readConsumption(index, readUnits(bytes, isConsistent));
  recordReads(state, table, consumption);
  // AWS gives a LastEvaluatedKey whenever the limit was reached, even when nothing follows.
  const stopped = hasMore || scanned === limit;
  return {
    Items: countOnly ? undefined : found,
    Count: matched,
    ScannedCount: scanned,
    LastEvaluatedKey: stopped && last !== undefined ? indexKeyOf(last, index ?? table, table) : undefined,
    ConsumedCapacity: consumedCapacity(input, table.name, consumption),
  };
}
