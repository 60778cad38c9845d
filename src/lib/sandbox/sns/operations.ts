import type { QueryService } from '../http/aws-query.js';
import { publishOperations } from './publish-operations.js';
import { topicOperations } from './topic-operations.js';

/** SNS, as far as topics that queues are subscribed to. */
export const snsService: QueryService = {
  signingName: 'sns',
  version: '2010-03-31',
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  operations: { ...topicOperations, ...publishOperations },
};
