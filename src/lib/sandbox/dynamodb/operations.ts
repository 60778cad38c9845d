import { dynamodbErrorType } from '../http/dynamodb-error-type.js';
import type { JsonService } from '../http/json-service.js';
import { batchOperations } from './batch-operations.js';
import { itemOperations } from './item-operations.js';
import { readOperations } from './read-operations.js';
import { legacyGlobalTableOperations } from '../replication/legacy-global-tables.js';
import { tableOperations } from './table-operations.js';
import { tagOperations } from './tags.js';
import { timeToLiveOperations } from './time-to-live.js';
import { transactionOperations } from './transaction.js';

/** DynamoDB. */
export const dynamodbService: JsonService = {
  target: 'DynamoDB_20120810',
  version: '1.0',
  errorType: dynamodbErrorType,
  operations: {
    ...tableOperations,
    ...itemOperations,
    ...batchOperations,
    ...transactionOperations,
    ...readOperations,
    ...timeToLiveOperations,
    ...tagOperations,
    ...legacyGlobalTableOperations,
  },
};
