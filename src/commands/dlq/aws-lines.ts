import type { GlobalOptions } from '../../context.js';
import { reachFlags, shellWord } from '../streams/aws-lines.js';
import type { DrainCommandOptions } from './drain.js';
import type { OpenPlace } from './open-queue.js';

/** The `aws` command lines that do what a drain does to one message; what is in angle brackets comes from the line before. */
export function drainAwsLines(
  options: DrainCommandOptions,
  opened: OpenPlace,
  globals: GlobalOptions,
): readonly string[] {
  const reach = reachFlags({ ...globals, region: opened.region });
  const { keep, dryRun, visibilityMs, place } = options;
  const deletes = !keep && !dryRun;
  const stream = [
    `aws dynamodbstreams get-shard-iterator --stream-arn '<streamArn>' --shard-id '<shardId>' --shard-iterator-type AT_SEQUENCE_NUMBER --sequence-number '<startSequenceNumber>'${reach}`,
    `aws dynamodbstreams get-records --shard-iterator '<ShardIterator>'${reach}`,
  ];
  if (place.kind === 'bucket') {
    const { bucket, prefix } = place.place;
    return [
      `aws s3api list-objects-v2 --bucket ${bucket} --prefix ${shellWord(prefix)}${reach}`,
      `aws s3 cp s3://${bucket}/'<Key>' -${reach}`,
      ...stream,
      ...(deletes
        ? [
            `aws s3 ${options.moveTo === undefined ? 'rm' : 'mv'} s3://${bucket}/'<Key>'${options.moveTo === undefined ? '' : ` s3://${bucket}/${shellWord(options.moveTo)}/`}${reach}`,
          ]
        : []),
    ];
  }
  const url = shellWord(opened.queue?.queueUrl ?? '');
  return [
    `aws sqs receive-message --queue-url ${url} --max-number-of-messages 10 --wait-time-seconds 20 --visibility-timeout ${Math.ceil(visibilityMs / 1_000)}${reach}`,
    ...stream,
    deletes
      ? `aws sqs delete-message --queue-url ${url} --receipt-handle '<ReceiptHandle>'${reach}`
      : `aws sqs change-message-visibility --queue-url ${url} --receipt-handle '<ReceiptHandle>' --visibility-timeout 0${reach}`,
  ];
}
