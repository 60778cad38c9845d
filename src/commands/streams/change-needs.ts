import type { IamNeed } from '../verb.js';

/** What every verb that changes a stream needs (FACTS G). */
export const changeNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeTable', resource: 'table' },
  { action: 'dynamodb:UpdateTable', resource: 'table' },
  { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
  { action: 'lambda:ListEventSourceMappings', when: 'the consumers that are touched are to be named' },
  { action: 'pipes:ListPipes', when: 'the consumers that are touched are to be named' },
];
