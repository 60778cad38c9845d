import { parseQueueRef, type QueueRef } from '../../lib/aws/queue-ref.js';
import { type BucketPrefix, parseBucketPrefix } from '../../lib/dlq/bucket-prefix.js';

/** Where failures lie, as it was typed: a queue, or a place in S3. */
export type FailurePlace =
  | { readonly kind: 'queue'; readonly queue: QueueRef }
  | { readonly kind: 'bucket'; readonly place: BucketPrefix };

/** How the argument is described in help. */
export const FAILURE_PLACE = 'name, ARN or URL of a queue, or s3://bucket/prefix';

/** Reads a `<queue>` argument that may be a place in S3, too. @throws DdbxError `usage` */
export function parseFailurePlace(text: string): FailurePlace {
  return text.startsWith('s3:')
    ? { kind: 'bucket', place: parseBucketPrefix(text) }
    : { kind: 'queue', queue: parseQueueRef(text) };
}
