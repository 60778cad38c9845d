import type { AwsError } from '../aws-error.js';
import type { Operation } from '../call.js';

/** A service that speaks AWS JSON: one POST for everything, the operation named in `X-Amz-Target`. */
export interface JsonService {
  /** What stands before the dot in `X-Amz-Target`, e.g. `DynamoDB_20120810`. */
  readonly target: string;
  /** The name that requests are signed for; `dynamodb` when left out. */
  readonly signingName?: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
  /** An exception's short name as it stands in `__type`. */
  errorType(type: string): string;
  /** Headers that the service adds to an answer that says no. */
  errorHeaders?(error: AwsError): Readonly<Record<string, string>>;
}
