/** Records of one shard that a consumer did not get done: a pointer, without the records (FACTS B.5). */
export interface StreamBatch {
  readonly streamArn: string;
  readonly tableName: string;
  /** The stream's Region; undefined where an emulator's ARN names none. */
  readonly region: string | undefined;
  readonly shardId: string;
  /** Both ends are in the batch (FACTS B.5). */
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  /** When the first record was written, to the second. */
  readonly firstArrivalMs: number | undefined;
  readonly lastArrivalMs: number | undefined;
  /** How many records the consumer was given; those that its filter left out lie in the range, but do not count. */
  readonly batchSize: number | undefined;
}

/** Why the batch was given up, and by whom. */
export interface Failure {
  /** A function behind an event source mapping, or an EventBridge pipe. */
  readonly consumer: 'function' | 'pipe';
  readonly consumerArn: string;
  /** The function's name, with its version or alias, or the pipe's. */
  readonly consumerName: string;
  /** `RetryAttemptsExhausted`, `RecordAgeExceeded`; an open set (FACTS B.5). */
  readonly condition: string;
  /** How often the function was invoked with it; undefined where the message does not say. */
  readonly attempts: number | undefined;
  /** `Unhandled` for an exception; undefined for a partial batch failure, and when nothing was invoked. */
  readonly functionError: string | undefined;
  readonly requestId: string | undefined;
  /** When it was given up. */
  readonly failedAtMs: number | undefined;
}

/** What a message of a failure queue turned out to be. */
export type FailureMessage =
  | {
      readonly kind: 'stream-batch';
      readonly batch: StreamBatch;
      readonly failure: Failure;
      /** Came through an SNS topic that wraps its messages. */
      readonly wrapped: boolean;
      /** The records themselves, as Lambda was given them: the message of an S3 destination carries them. */
      readonly records: readonly unknown[] | undefined;
    }
  /** A batch of a Kinesis stream: named, and left alone. */
  | { readonly kind: 'kinesis-batch'; readonly streamArn: string; readonly consumerName: string }
  /** No failure message of a stream at all. */
  | { readonly kind: 'foreign'; readonly reason: string };

/** A message that points to records of a DynamoDB stream. */
export type StreamBatchMessage = Extract<FailureMessage, { readonly kind: 'stream-batch' }>;
