import { functionNameOfArn, parseStreamArn, type StreamArnParts } from '../aws/arn.js';
import type { EventSourceMapping } from '../aws/mappings-gateway.js';

/** An event source mapping that reads a DynamoDB stream. */
export interface StreamMapping extends EventSourceMapping {
  readonly eventSourceArn: string;
  readonly tableName: string;
  readonly stream: StreamArnParts;
  /** With the version or alias, when the mapping names one. */
  readonly functionName: string;
}

/** The mapping with what its stream's ARN says; undefined when it reads something else than a DynamoDB stream. */
export function toStreamMapping(mapping: EventSourceMapping): StreamMapping | undefined {
  const { eventSourceArn, functionArn } = mapping;
  const stream = eventSourceArn === undefined ? undefined : parseStreamArn(eventSourceArn);
  if (eventSourceArn === undefined || stream === undefined) return undefined;
  return {
    ...mapping,
    eventSourceArn,
    stream,
    tableName: stream.tableName,
    functionName: functionNameOfArn(functionArn),
  };
}

/** What a mapping reads, by the service in its ARN: `an SQS queue`. */
export function kindOfSource(eventSourceArn: string | undefined): string {
  switch (eventSourceArn?.split(':')[2]) {
    case 'dynamodb':
      return 'a DynamoDB stream';
    case 'kinesis':
      return 'a Kinesis stream';
    case 'sqs':
      return 'an SQS queue';
    case 'kafka':
      return 'an MSK cluster';
    case 'mq':
      return 'an Amazon MQ broker';
    case 'rds':
      return 'a DocumentDB change stream';
    case undefined:
      return 'a source without an ARN';
    default:
      return 'another kind of source';
  }
}
