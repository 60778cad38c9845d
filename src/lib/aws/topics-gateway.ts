import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type BatchOutcome, batchIds, batchOutcome } from './batch-outcome.js';
import { type ServiceContext, call } from './call.js';
import type { MessageToSend } from './queue-values.js';

/** SNS in one Region, as far as messages are published. Every method throws AwsError; batches take 10 entries at most. */
export interface TopicsGateway {
  readonly region: string;
  publishBatch<Entry extends MessageToSend>(
    topicArn: string,
    entries: readonly Entry[],
    signal?: AbortSignal,
  ): Promise<BatchOutcome<Entry>>;
}

/** The gateway over the SDK's client. */
export function sdkTopicsGateway(client: SNSClient, context: ServiceContext): TopicsGateway {
  return {
    region: context.region,
    async publishBatch(topicArn, entries, signal) {
      const command = new PublishBatchCommand({
        TopicArn: topicArn,
        PublishBatchRequestEntries: batchIds(entries).map(({ id, entry }) => ({
          Id: id,
          Message: entry.body,
          MessageAttributes: { ...entry.messageAttributes },
          MessageGroupId: entry.groupId,
          MessageDeduplicationId: entry.deduplicationId,
        })),
      });
      const send = () => client.send(command, signal === undefined ? {} : { abortSignal: signal });
      const output = await call(context, 'PublishBatch', topicArn, send);
      return batchOutcome(entries, output.Successful, output.Failed);
    },
  };
}
