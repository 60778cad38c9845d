import type { IamNeed } from '../verb.js';

/** What every verb that reads records needs (FACTS G). */
export const readNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeTable', resource: 'table', when: 'a table is named, not a stream ARN' },
  { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
  { action: 'dynamodb:DescribeStream', resource: 'stream' },
  { action: 'dynamodb:GetShardIterator', resource: 'stream' },
  { action: 'dynamodb:GetRecords', resource: 'stream' },
  { action: 'lambda:ListEventSourceMappings', when: 'the readers of the stream are to be counted' },
  { action: 'pipes:ListPipes', when: 'the readers of the stream are to be counted' },
];
