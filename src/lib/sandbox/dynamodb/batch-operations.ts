import { invalidParameter, validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import {
  asMembers,
  type Members,
  optionalBoolean,
  optionalMembers,
  optionalString,
  requiredList,
  requiredMembers,
} from '../members.js';
import { parseAttributes } from './attribute-value.js';
import { readConsumption, readUnits } from './capacity.js';
import { addTo, consumedCapacities, type ConsumptionByTable } from './consumed-capacity.js';
import { recordReads } from './table-metrics.js';
import { parseProjection, project } from './expressions/projection.js';
import { Placeholders } from './expressions/placeholders.js';
import { findUsableTable } from './find-table.js';
import { planDelete, planPut } from './item-input.js';
import { checkedKey, wholeKeyText } from './key.js';
import { parseTableName } from './table-input.js';
import type { Write } from './change-item.js';
import { applyWrite } from './write.js';

const MAX_WRITES = 25;
const MAX_READS = 100;
const MAX_READ_BYTES = 16 * 1024 * 1024;

/** The operations on several items without a transaction. */
export const batchOperations: Readonly<Record<string, Operation>> = {
  BatchWriteItem: batchWrite,
  BatchGetItem: batchGet,
};

function batchWrite(input: Members, { state, region }: Call): unknown {
  const tables = Object.entries(requiredMembers(input, 'RequestItems'));
  const requests = tables.flatMap(([name, list]) => {
    const given = requiredList({ [name]: list }, name);
    return given.map(request => ({ name, request: asMembers(request) }));
  });
  if (requests.length === 0) {
    throw invalidParameter('The batch write request list for a table cannot be null or empty');
  }
  if (requests.length > MAX_WRITES) throw validationError('Too many items requested for the BatchWriteItem call');
  const seen = new Set<string>();
  const writes = requests.map(({ name, request }): Write => {
    const table = findUsableTable(region.tables, parseTableName({ TableName: name }));
    const put = optionalMembers(request, 'PutRequest');
    const deletion = optionalMembers(request, 'DeleteRequest');
    if ((put === undefined) === (deletion === undefined)) {
      throw validationError('Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest');
    }
    const plan = put === undefined ? planDelete(deletion ?? {}, table) : planPut(put, table);
    const identity = `${name}/${wholeKeyText(plan.key, table.keys)}`;
    if (seen.has(identity)) throw validationError('Provided list of item keys contains duplicates');
    seen.add(identity);
    return { table, key: plan.key, newItem: plan.produce(undefined) };
  });
  const used: ConsumptionByTable = new Map();
  for (const write of writes) addTo(used, write.table.name, applyWrite(state, write, 'caller'));
  return { UnprocessedItems: {}, ConsumedCapacity: consumedCapacities(input, used) };
}

function batchGet(input: Members, { state, region }: Call): unknown {
  const tables = Object.entries(requiredMembers(input, 'RequestItems'));
  const responses: Record<string, unknown[]> = {};
  const unprocessed: Record<string, unknown> = {};
  const used: ConsumptionByTable = new Map();
  let bytes = 0;
  let asked = 0;
  for (const [name, request] of tables) {
    const members = asMembers(request);
    const table = findUsableTable(region.tables, parseTableName({ TableName: name }));
    const placeholders = new Placeholders(members, ['ProjectionExpression']);
    const projection = optionalString(members, 'ProjectionExpression');
    const paths = projection === undefined ? undefined : parseProjection(projection, placeholders);
    placeholders.assertAllUsed();
    const keys = requiredList(members, 'Keys').map(key => checkedKey(parseAttributes(key), table.keys, table.keyTypes));
    asked += keys.length;
    if (asked > MAX_READS) throw validationError('Too many items requested for the BatchGetItem call');
    if (new Set(keys.map(key => wholeKeyText(key, table.keys))).size < keys.length) {
      throw validationError('Provided list of item keys contains duplicates');
    }
    const found: unknown[] = [];
    const left: unknown[] = [];
    for (const key of keys) {
      const stored = table.items.get(key);
      if (bytes + (stored?.sizeBytes ?? 0) > MAX_READ_BYTES) {
        left.push(key);
        continue;
      }
      bytes += stored?.sizeBytes ?? 0;
      const isConsistent = optionalBoolean(members, 'ConsistentRead') ?? false;
      const consumption = readConsumption(undefined, readUnits(stored?.sizeBytes ?? 0, isConsistent));
      recordReads(state, table, consumption);
      addTo(used, table.name, consumption);
      if (stored !== undefined) found.push(project(stored.item, paths));
    }
    responses[name] = found;
    if (left.length > 0) unprocessed[name] = { ...members, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed, ConsumedCapacity: consumedCapacities(input, used) };
}
