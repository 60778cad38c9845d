import type { IamNeed } from '../verb.js';

/** What measuring a table needs; an estimate of what is described needs nothing (FACTS G). */
export const measureNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeTable', resource: 'table', everyRegion: true, when: 'a table is measured with --table' },
  {
    action: 'dynamodb:DescribeContinuousBackups',
    resource: 'table',
    everyRegion: true,
    when: 'a table is measured with --table',
  },
  { action: 'cloudwatch:GetMetricData', when: 'a table is measured with --table' },
  { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
];
