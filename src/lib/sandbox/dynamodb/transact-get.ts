import { validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { asMembers, optionalString, requiredList, requiredMembers, type Members } from '../members.js';
import { inTransaction, readConsumption, readUnits } from './capacity.js';
import { addTo, consumedCapacities, type ConsumptionByTable } from './consumed-capacity.js';
import { parseProjection, project } from './expressions/projection.js';
import { Placeholders } from './expressions/placeholders.js';
import { findUsableTable } from './find-table.js';
import { parseKey } from './item-input.js';
import { wholeKeyText } from './key.js';
import { parseTableName } from './table-input.js';
import { recordReads } from './table-metrics.js';
import { assertTransactable, MAX_ACTIONS } from './transaction-rules.js';

/** Reading all or nothing. */
export const transactGetOperations: Readonly<Record<string, Operation>> = { TransactGetItems: transactGet };

function transactGet(input: Members, { state, region }: Call): unknown {
  const actions = requiredList(input, 'TransactItems').map(action => asMembers(action));
  if (actions.length === 0 || actions.length > MAX_ACTIONS) {
    throw validationError(`Member must have length between 1 and ${MAX_ACTIONS}: TransactItems`);
  }
  const reads = actions.map(action => {
    const get = requiredMembers(action, 'Get');
    const table = findUsableTable(region.tables, parseTableName(get));
    assertTransactable(table);
    const key = parseKey(get, table);
    const placeholders = new Placeholders(get, ['ProjectionExpression']);
    const projection = optionalString(get, 'ProjectionExpression');
    const paths = projection === undefined ? undefined : parseProjection(projection, placeholders);
    placeholders.assertAllUsed();
    return { table, key, paths };
  });
  const keys = new Set(reads.map(({ table, key }) => `${table.name}/${wholeKeyText(key, table.keys)}`));
  if (keys.size < reads.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  const used: ConsumptionByTable = new Map();
  const responses = reads.map(({ table, key, paths }) => {
    const stored = table.items.get(key);
    const consumption = inTransaction(readConsumption(undefined, readUnits(stored?.sizeBytes ?? 0, true)));
    recordReads(state, table, consumption);
    addTo(used, table.name, consumption);
    return stored === undefined ? {} : { Item: project(stored.item, paths) };
  });
  return { Responses: responses, ConsumedCapacity: consumedCapacities(input, used) };
}
