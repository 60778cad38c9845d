import type { IamNeed } from '../verb.js';

/** What finding a queue takes (FACTS G). */
export const queueNeeds: readonly IamNeed[] = [
  { action: 'sqs:GetQueueUrl', resource: 'queue', when: 'the queue is not given by its URL' },
  { action: 'sqs:GetQueueAttributes', resource: 'queue' },
  { action: 'sqs:ListQueues', when: 'near names are to be suggested for an unknown queue' },
];

/** What taking messages and giving them back takes. */
export const takeNeeds: readonly IamNeed[] = [
  { action: 'sqs:ReceiveMessage', resource: 'queue' },
  { action: 'sqs:ChangeMessageVisibility', resource: 'queue' },
  { action: 'kms:Decrypt', resource: 'key', when: 'the queue is encrypted with a key of yours' },
];

/** What listing and reading objects takes. */
export const objectNeeds: readonly IamNeed[] = [
  { action: 's3:ListBucket', resource: 'bucket', when: 'failures lie in S3' },
  { action: 's3:GetObject', resource: 'object', when: 'failures lie in S3' },
];
