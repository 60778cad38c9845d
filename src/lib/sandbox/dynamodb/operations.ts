import { dynamodbErrorType } from '../http/dynamodb-error-type.js';
import type { JsonService } from '../http/json-service.js';
import { limitOperations } from './account-limits.js';
import { backupOperations } from './backups.js';
import { batchOperations } from './batch-operations.js';
import { insightsOperations } from './contributor-insights.js';
import { counted } from './counted-operations.js';
import { itemOperations } from './item-operations.js';
import { readOperations } from './read-operations.js';
import { replicaScalingOperations } from '../replication/describe-scaling.js';
import { legacyGlobalTableOperations } from '../replication/legacy-global-tables.js';
import { tableOperations } from './table-operations.js';
import { tagOperations } from './tags.js';
import { timeToLiveOperations } from './time-to-live.js';
import { transactGetOperations } from './transact-get.js';
import { transactionOperations } from './transaction.js';

/** DynamoDB. */
export const dynamodbService: JsonService = {
  target: 'DynamoDB_20120810',
  version: '1.0',
  errorType: dynamodbErrorType,
  operations: counted({
    ...tableOperations,
    ...itemOperations,
    ...batchOperations,
    ...transactionOperations,
    ...transactGetOperations,
    ...readOperations,
    ...timeToLiveOperations,
    ...tagOperations,
    ...backupOperations,
    ...insightsOperations,
    ...limitOperations,
    ...replicaScalingOperations,
    ...legacyGlobalTableOperations,
  }),
};
