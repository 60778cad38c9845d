import { AwsError, invalidParameter } from '../aws-error.js';
import type { Operation } from '../call.js';
import { type Members, requiredList, requiredString } from '../members.js';

/** Global tables of version 2017.11.29: none can be made any more, so none is found (FACTS D.1). */
export const legacyGlobalTableOperations: Readonly<Record<string, Operation>> = {
  CreateGlobalTable: input => {
    requiredString(input, 'GlobalTableName');
    requiredList(input, 'ReplicationGroup');
    throw invalidParameter(
      'DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).',
    );
  },
  DescribeGlobalTable: notFound,
  UpdateGlobalTable: notFound,
  DescribeGlobalTableSettings: notFound,
  UpdateGlobalTableSettings: notFound,
  ListGlobalTables: () => ({ GlobalTables: [] }),
};

function notFound(input: Members): never {
  const name = requiredString(input, 'GlobalTableName');
  throw new AwsError(
    'GlobalTableNotFoundException',
    `Global table not found: Global table with name: '${name}' does not exist.`,
  );
}
