import type { IamNeed } from '../verb.js';

/** What every verb of `ddbx global` needs, in every Region of the table (FACTS G). */
export const lookNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeTable', resource: 'table' },
  { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
];

/** What reading the settings of each Region needs. */
export const settingsNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeContinuousBackups', resource: 'table' },
  { action: 'dynamodb:DescribeTimeToLive', resource: 'table' },
];
