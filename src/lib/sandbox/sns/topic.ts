import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import { type Members, optionalString } from '../members.js';
import type { SandboxState } from '../state.js';

/** A queue that receives what is published to a topic. */
export interface Subscription {
  readonly arn: string;
  readonly queueArn: string;
  /** Whether the queue gets the message as it is, without SNS's envelope. */
  isRaw: boolean;
}

/** A topic. */
export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly displayName: string;
  /** By ARN, in the order in which they came. */
  readonly subscriptions: Map<string, Subscription>;
  unsubscribed: number;
}

/** The topics of a Region, by name. */
export interface SnsState {
  readonly topics: Map<string, Topic>;
}

/** A Region without topics. */
export function createSnsState(): SnsState {
  return { topics: new Map() };
}

/** A topic by its ARN, whatever its Region; `undefined` when there is none. */
export function findTopicByArn(state: SandboxState, arn: string): Topic | undefined {
  const [, , , region = '', , name = ''] = arn.split(':');
  const topic = state.regions.get(region)?.sns.topics.get(name);
  return topic?.arn === arn ? topic : undefined;
}

/** The topic that a request names by ARN in `member`. */
export function topicIn(input: Members, call: Call, member = 'TopicArn'): Topic {
  const arn = checkedArn(input, member);
  const topic = findTopicByArn(call.state, arn);
  if (topic === undefined || call.region.sns.topics.get(topic.name) !== topic) {
    throw new AwsError('NotFound', 'Topic does not exist', 404);
  }
  return topic;
}

/** The subscription that a request names by ARN, and its topic; `undefined` when there is none. */
export function subscriptionIn(
  input: Members,
  { region }: Call,
): { readonly topic: Topic; readonly subscription: Subscription } | undefined {
  const arn = checkedArn(input, 'SubscriptionArn');
  for (const topic of region.sns.topics.values()) {
    const subscription = topic.subscriptions.get(arn);
    if (subscription !== undefined) return { topic, subscription };
  }
  return undefined;
}

function checkedArn(input: Members, member: string): string {
  const arn = optionalString(input, member) ?? '';
  const elements = arn.split(':').length;
  if (elements < 6) {
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${elements}`);
  }
  return arn;
}

/** A parameter that SNS refuses, in its words. */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

/** A parameter that AWS has and the sandbox does not. */
export function notServedBySns(operation: string, what: string): AwsError {
  return invalidParameter(`${what} Reason: the sandbox does not serve it in ${operation}`);
}
