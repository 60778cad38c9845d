import type { Operation } from '../call.js';
import { batchOperations } from './batch-operations.js';
import { itemOperations } from './item-operations.js';
import { readOperations } from './read-operations.js';
import { tableOperations } from './table-operations.js';
import { timeToLiveOperations } from './time-to-live.js';
import { transactionOperations } from './transaction.js';

/** The operations of DynamoDB_20120810. */
export const dynamodbOperations: Readonly<Record<string, Operation>> = {
  ...tableOperations,
  ...itemOperations,
  ...batchOperations,
  ...transactionOperations,
  ...readOperations,
  ...timeToLiveOperations,
};
