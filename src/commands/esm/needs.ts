import type { IamNeed } from '../verb.js';

/** What finding a `<mapping>` needs (FACTS G). */
export const findNeeds: readonly IamNeed[] = [
  { action: 'lambda:GetEventSourceMapping', resource: 'mapping' },
  { action: 'lambda:ListEventSourceMappings', when: 'a mapping is named by table:function' },
  { action: 'kms:Decrypt', resource: 'key', when: 'its filters are encrypted' },
];

/** What changing the settings of a mapping needs. */
export const settingNeeds: readonly IamNeed[] = [
  { action: 'sqs:GetQueueUrl', resource: 'queue', when: '--on-failure names a queue' },
  { action: 'sqs:GetQueueAttributes', resource: 'queue', when: '--on-failure names a queue' },
  { action: 'sqs:CreateQueue', resource: 'queue', when: '--on-failure create is given' },
];

/** What looking at what stands beside mappings needs; without one of them that part is left out. */
export const surveyNeeds: readonly IamNeed[] = [
  { action: 'dynamodb:DescribeTable', resource: 'table', when: 'old streams are to be told from the present one' },
  { action: 'cloudwatch:GetMetricData', when: 'the iterator age is to be shown' },
  { action: 'sqs:GetQueueUrl', resource: 'queue', when: 'the depth of a failure queue is to be shown' },
  { action: 'sqs:GetQueueAttributes', resource: 'queue', when: 'the depth of a failure queue is to be shown' },
];
