import { CALLER } from '../access/caller.js';
import { deliverToQueue } from '../sqs/deliver.js';
import type { MessageAttributes } from '../sqs/message-attributes.js';
import type { SandboxState } from '../state.js';
import { findTopicByArn, type Subscription, type Topic } from './topic.js';

/** What may go with a message to a topic. */
export interface Publication {
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
}

/** Sends a message to all queues that are subscribed to a topic; gives its id, or `undefined` when there is no such topic. */
export function publishToTopic(
  state: SandboxState,
  topicArn: string,
  message: string,
  publication: Publication = {},
): string | undefined {
  const topic = findTopicByArn(state, topicArn);
  if (topic === undefined) return undefined;
  const id = state.ids.uuid();
  for (const subscription of topic.subscriptions.values()) {
    const { attributes = {} } = publication;
    const isDelivered = subscription.isRaw
      ? deliverToQueue(state, subscription.queueArn, message, attributes, CALLER.userId)
      : deliverToQueue(
          state,
          subscription.queueArn,
          JSON.stringify(envelope(state, topic, subscription, id, message, publication)),
          {},
          CALLER.userId,
        );
    if (!isDelivered) state.log(`The topic ${topicArn} could not deliver to ${subscription.queueArn}: no such queue`);
  }
  return id;
}

/** The document that stands in the body of a queue's message, its members in AWS's order. */
function envelope(
  state: SandboxState,
  { arn }: Topic,
  subscription: Subscription,
  id: string,
  message: string,
  { subject, attributes = {} }: Publication,
) {
  const host = `https://sns.${arn.split(':')[3] ?? ''}.amazonaws.com`;
  const shown: Record<string, { readonly Type: string; readonly Value: string | undefined }> = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    shown[name] = { Type: DataType, Value: BinaryValue ?? StringValue };
  }
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: arn,
    Subject: subject,
    Message: message,
    Timestamp: new Date(state.clock.now()).toISOString(),
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: `${host}/SimpleNotificationService-EXAMPLE.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(Object.keys(shown).length === 0 ? {} : { MessageAttributes: shown }),
  };
}
