import type { IamNeed } from '../verb.js';

/** What every verb of `ddbx global` needs, in every Region of the table (FACTS G). */
export const lookNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeTable', resource: 'table', everyRegion: true },
  { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
];

/** What reading the settings of each Region needs. */
export const settingsNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeContinuousBackups', resource: 'table', everyRegion: true },
  { action: 'dynamodb:DescribeTimeToLive', resource: 'table', everyRegion: true },
];

/** What the checks before an addition need (FACTS G). */
export const preflightNeeds: readonly IamNeed[] = [
  ...lookNeeds,
  { action: 'dynamodb:DescribeLimits' },
  { action: 'application-autoscaling:DescribeScalableTargets', when: 'the table has provisioned capacity' },
  { action: 'application-autoscaling:DescribeScalingPolicies', when: 'the table has provisioned capacity' },
  { action: 'kms:DescribeKey', resource: 'key', everyRegion: true, when: 'the table, or a replica, has a KMS key' },
  { action: 'dynamodb:DescribeTimeToLive', resource: 'table', when: '--consistency strong is given' },
  { action: 'dynamodb:Scan', resource: 'table', when: '--consistency strong is given: whether the table is empty' },
];

/** What making settings equal needs, besides reading them. */
export const fixNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeContinuousBackups', resource: 'table', everyRegion: true },
  { action: 'dynamodb:ListTagsOfResource', resource: 'table', everyRegion: true },
  { action: 'dynamodb:ListContributorInsights' },
  { action: 'dynamodb:DescribeKinesisStreamingDestination', resource: 'table', everyRegion: true },
  { action: 'dynamodb:GetResourcePolicy', resource: 'table', everyRegion: true },
];

/** What changing a setting needs, when there is one to change. */
export function fixChangeNeeds(when: string): readonly IamNeed[] {
  return ['UpdateContinuousBackups', 'UpdateTable', 'TagResource', 'UpdateContributorInsights'].map(action => ({
    action: `dynamodb:${action}`,
    resource: 'table',
    everyRegion: true,
    when,
  }));
}
