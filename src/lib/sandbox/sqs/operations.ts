import type { JsonService } from '../http/json-service.js';
import { moveTaskOperations } from './move-task-operations.js';
import { queueOperations } from './queue-operations.js';
import { receiveOperations } from './receive-operations.js';
import { sendOperations } from './send-operations.js';
import { sqsErrorHeaders, sqsErrorType } from './sqs-error.js';

/** SQS. */
export const sqsService: JsonService = {
  target: 'AmazonSQS',
  version: '1.0',
  signingName: 'sqs',
  errorType: sqsErrorType,
  errorHeaders: sqsErrorHeaders,
  operations: { ...queueOperations, ...sendOperations, ...receiveOperations, ...moveTaskOperations },
};
