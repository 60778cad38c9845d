import { callerArn } from '../access/caller.js';
import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { QueryService } from '../http/aws-query.js';
import { type Members, optionalMembers, optionalString, requiredString } from '../members.js';
import { invalidParameter, notServedBySns, type Subscription, subscriptionIn, type Topic, topicIn } from './topic.js';

const PAGE = 100;

/** The operations on topics and on the subscriptions of queues. */
export const topicOperations: QueryService['operations'] = {
  CreateTopic: createTopic,
  DeleteTopic: (input, { region }) => {
    const name = requiredString(input, 'TopicArn').split(':')[5] ?? '';
    region.sns.topics.delete(name);
    return undefined;
  },
  ListTopics: (input, { region }) => {
    const { page, next } = pageOf([...region.sns.topics.values()].map(({ arn }) => arn).sort(), input);
    return { Topics: page.map(TopicArn => ({ TopicArn })), NextToken: next };
  },
  GetTopicAttributes: (input, call) => ({ Attributes: topicAttributes(topicIn(input, call), call) }),
  Subscribe: subscribe,
  Unsubscribe: (input, call) => {
    const found = subscriptionIn(input, call);
    if (found?.topic.subscriptions.delete(found.subscription.arn) === true) found.topic.unsubscribed += 1;
    return undefined;
  },
  ListSubscriptions: (input, call) => listSubscriptions([...call.region.sns.topics.values()], input, call),
  ListSubscriptionsByTopic: (input, call) => listSubscriptions([topicIn(input, call)], input, call),
  GetSubscriptionAttributes: (input, call) => {
    const { topic, subscription } = subscriptionIn(input, call) ?? missingSubscription();
    return {
      Attributes: new Map([
        ['SubscriptionPrincipal', callerArn(call.state.settings.account)],
        ['Owner', call.state.settings.account],
        ['RawMessageDelivery', String(subscription.isRaw)],
        ['TopicArn', topic.arn],
        ['Endpoint', subscription.queueArn],
        ['Protocol', 'sqs'],
        ['PendingConfirmation', 'false'],
        ['ConfirmationWasAuthenticated', 'true'],
        ['SubscriptionArn', subscription.arn],
      ]),
    };
  },
  SetSubscriptionAttributes: (input, call) => {
    const { subscription } = subscriptionIn(input, call) ?? missingSubscription();
    const name = requiredString(input, 'AttributeName');
    if (name !== 'RawMessageDelivery') throw notServedBySns('SetSubscriptionAttributes', name);
    subscription.isRaw = parseRaw(optionalString(input, 'AttributeValue') ?? '');
    return undefined;
  },
};

function createTopic(input: Members, { state, region }: Call) {
  const name = requiredString(input, 'Name');
  if (name.endsWith('.fifo')) throw notServedBySns('CreateTopic', 'Topic Name of a FIFO topic');
  if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  const attributes = optionalMembers(input, 'Attributes') ?? {};
  const unknown = Object.keys(attributes).find(attribute => attribute !== 'DisplayName');
  if (unknown !== undefined) throw notServedBySns('CreateTopic', unknown);
  if (input['Tags'] !== undefined) throw notServedBySns('CreateTopic', 'Tags');
  const displayName = optionalString(attributes, 'DisplayName');
  const known = region.sns.topics.get(name);
  if (known !== undefined && displayName !== undefined && displayName !== known.displayName) {
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  }
  const topic: Topic = known ?? {
    name,
    arn: `arn:aws:sns:${region.name}:${state.settings.account}:${name}`,
    displayName: displayName ?? '',
    subscriptions: new Map(),
    unsubscribed: 0,
  };
  region.sns.topics.set(name, topic);
  return { TopicArn: topic.arn };
}

function topicAttributes(topic: Topic, { state }: Call): ReadonlyMap<string, string> {
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', state.settings.account],
    ['DisplayName', topic.displayName],
    ['SubscriptionsConfirmed', String(topic.subscriptions.size)],
    ['SubscriptionsPending', '0'],
    ['SubscriptionsDeleted', String(topic.unsubscribed)],
  ]);
}

function subscribe(input: Members, call: Call) {
  const topic = topicIn(input, call);
  const protocol = requiredString(input, 'Protocol');
  if (protocol !== 'sqs') throw notServedBySns('Subscribe', `Protocol ${protocol}`);
  const queueArn = optionalString(input, 'Endpoint') ?? '';
  const attributes = optionalMembers(input, 'Attributes') ?? {};
  const unknown = Object.keys(attributes).find(name => name !== 'RawMessageDelivery');
  if (unknown !== undefined) throw notServedBySns('Subscribe', unknown);
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(queueArn)) throw invalidParameter('SQS endpoint ARN');
  if (queueArn.endsWith('.fifo')) {
    throw invalidParameter('Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
  }
  const given = optionalString(attributes, 'RawMessageDelivery');
  const known = [...topic.subscriptions.values()].find(each => each.queueArn === queueArn);
  if (known !== undefined && given !== undefined && parseRaw(given) !== known.isRaw) {
    throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
  }
  const subscription: Subscription = known ?? {
    arn: `${topic.arn}:${call.state.ids.uuid()}`,
    queueArn,
    isRaw: given !== undefined && parseRaw(given),
  };
  topic.subscriptions.set(subscription.arn, subscription);
  return { SubscriptionArn: subscription.arn };
}

function listSubscriptions(topics: readonly Topic[], input: Members, { state }: Call) {
  const all = topics.flatMap(topic => [...topic.subscriptions.values()].map(subscription => ({ topic, subscription })));
  const { page, next } = pageOf(all.map(({ subscription }) => subscription.arn).sort(), input);
  const shown = page.flatMap(arn => all.filter(({ subscription }) => subscription.arn === arn));
  return {
    Subscriptions: shown.map(({ topic, subscription }) => ({
      SubscriptionArn: subscription.arn,
      Owner: state.settings.account,
      Protocol: 'sqs',
      Endpoint: subscription.queueArn,
      TopicArn: topic.arn,
    })),
    NextToken: next,
  };
}

function pageOf(arns: readonly string[], input: Members) {
  const token = optionalString(input, 'NextToken');
  const after = token === undefined ? '' : Buffer.from(token, 'base64').toString();
  const rest = arns.filter(arn => arn > after);
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  const next = rest.length > page.length && last !== undefined ? Buffer.from(last).toString('base64') : undefined;
  return { page, next };
}

function parseRaw(value: string): boolean {
  if (value !== 'true' && value !== 'false') {
    throw invalidParameter('RawMessageDelivery Reason: the value must be true or false');
  }
  return value === 'true';
}

function missingSubscription(): never {
  throw new AwsError('NotFound', 'Subscription does not exist', 404);
}
