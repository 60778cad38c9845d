import type { AttributeMap } from '../../model/attribute-value.js';
import { validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalBoolean, optionalChoice, optionalString } from '../members.js';
import { NO_CONSUMPTION, readConsumption, readUnits, writeUnits } from './capacity.js';
import { consumedCapacity } from './consumed-capacity.js';
import { recordReads, recordWrites } from './table-metrics.js';
import { parseProjection, project } from './expressions/projection.js';
import { valueAt } from './expressions/paths.js';
import { Placeholders } from './expressions/placeholders.js';
import { findUsableTable } from './find-table.js';
import {
  assertNoLegacyParameters,
  conditionFailed,
  isAllowed,
  type PlannedWrite,
  parseKey,
  planDelete,
  planPut,
  planUpdate,
} from './item-input.js';
import { itemSizeBytes } from './item-size.js';
import type { Table } from './table.js';
import { parseTableName } from './table-input.js';
import { applyWrite } from './write.js';

type ReturnValues = 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';

const RETURN_VALUES: readonly ReturnValues[] = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'];

/** The operations on single items. */
export const itemOperations: Readonly<Record<string, Operation>> = {
  GetItem: getItem,
  PutItem: (input, call) => writeOne('PutItem', input, call, planPut),
  DeleteItem: (input, call) => writeOne('DeleteItem', input, call, planDelete),
  UpdateItem: (input, call) => writeOne('UpdateItem', input, call, planUpdate),
};

function getItem(input: Members, { state, region }: Call): unknown {
  assertNoLegacyParameters('GetItem', input);
  const table = findUsableTable(region.tables, parseTableName(input));
  const key = parseKey(input, table);
  const placeholders = new Placeholders(input, ['ProjectionExpression']);
  const projection = optionalString(input, 'ProjectionExpression');
  const paths = projection === undefined ? undefined : parseProjection(projection, placeholders);
  placeholders.assertAllUsed();
  const stored = table.items.get(key);
  const isConsistent = optionalBoolean(input, 'ConsistentRead') ?? false;
  const consumption = readConsumption(undefined, readUnits(stored?.sizeBytes ?? 0, isConsistent));
  recordReads(state, table, consumption);
  return {
    Item: stored === undefined ? undefined : project(stored.item, paths),
    ConsumedCapacity: consumedCapacity(input, table.name, consumption),
  };
}

function writeOne(
  operation: 'PutItem' | 'DeleteItem' | 'UpdateItem',
  input: Members,
  { state, region }: Call,
  plan: (input: Members, table: Table) => PlannedWrite,
): unknown {
  assertNoLegacyParameters(operation, input);
  const wanted = optionalChoice(input, 'ReturnValues', RETURN_VALUES) ?? 'NONE';
  if (operation !== 'UpdateItem' && wanted !== 'NONE' && wanted !== 'ALL_OLD') {
    throw validationError('Return values set to invalid value');
  }
  const table = findUsableTable(region.tables, parseTableName(input));
  const write = plan(input, table);
  const oldItem = table.items.get(write.key)?.item;
  if (!isAllowed(write, oldItem)) {
    // A condition that does not hold costs what the item that is there weighs.
    recordWrites(state, table, { ...NO_CONSUMPTION, table: writeUnits(sizeOf(oldItem)) }, 'Customer');
    throw conditionFailed(input, oldItem);
  }
  const newItem = write.produce(oldItem);
  const consumption = applyWrite(state, { table, key: write.key, newItem }, 'caller');
  return {
    Attributes: returned(wanted, write, oldItem, newItem),
    ConsumedCapacity: consumedCapacity(input, table.name, consumption),
  };
}

function returned(
  wanted: ReturnValues,
  write: PlannedWrite,
  oldItem: AttributeMap | undefined,
  newItem: AttributeMap | undefined,
): AttributeMap | undefined {
  switch (wanted) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return oldItem;
    case 'ALL_NEW':
      return newItem;
    case 'UPDATED_OLD':
      return oldItem === undefined ? undefined : updatedPart(write, oldItem);
    case 'UPDATED_NEW':
      return newItem === undefined ? undefined : updatedPart(write, newItem);
  }
}

/** The parts of an item that an update named. */
function updatedPart(write: PlannedWrite, item: AttributeMap): AttributeMap | undefined {
  const paths = write.actions.map(action => action.path).filter(path => valueAt(item, path) !== undefined);
  if (paths.length === 0) return undefined;
  return project(item, paths);
}

function sizeOf(item: AttributeMap | undefined): number {
  return item === undefined ? 0 : itemSizeBytes(item);
}
