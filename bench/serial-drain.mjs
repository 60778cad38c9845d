// What one writes first: receive, and for each message find its place in the shard, read its range, append it, delete it.
import { appendFileSync } from 'node:fs';
import { DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const [, , file, messages] = process.argv;
const sqs = new SQSClient({});
const streams = new DynamoDBStreamsClient({});
const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders-failures' }));

for (let done = 0; done < Number(messages); ) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { Body, ReceiptHandle } of Messages) {
    const { streamArn, shardId, startSequenceNumber, endSequenceNumber } = JSON.parse(Body).DDBStreamBatchInfo;
    const place = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: startSequenceNumber };
    const found = await streams.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...place }));
    let iterator = found.ShardIterator;
    for (let isRead = false; !isRead && iterator !== undefined; ) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
      for (const record of page.Records) {
        const number = BigInt(record.dynamodb.SequenceNumber);
        if (number <= BigInt(endSequenceNumber)) appendFileSync(file, `${JSON.stringify(record)}\n`);
        isRead ||= number >= BigInt(endSequenceNumber);
      }
      iterator = page.NextShardIterator;
    }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    done += 1;
  }
}
