import type { ServiceNeeds } from './needs.js';

/** Actions that take no resource. */
const ANYWHERE: ReadonlySet<string> = new Set(['ListTopics', 'ListSubscriptions']);

/** SNS: topics. */
export const snsNeeds: ServiceNeeds = ({ operation, input, region, account }) => {
  const action = `sns:${operation === 'PublishBatch' ? 'Publish' : operation}`;
  if (ANYWHERE.has(operation)) return [{ action, resource: '*' }];
  const arn = input['TopicArn'] ?? input['TargetArn'] ?? input['SubscriptionArn'] ?? input['ResourceArn'];
  if (typeof arn === 'string') return [{ action, resource: arn }];
  const name = input['Name'];
  return [{ action, resource: typeof name === 'string' ? `arn:aws:sns:${region}:${account}:${name}` : '*' }];
};
