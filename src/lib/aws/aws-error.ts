/** What a failed call means to the code that made it; texts and codes are read in one place only. */
export type AwsErrorKind =
  | 'expired-iterator'
  | 'trimmed'
  | 'throttled'
  | 'not-found'
  | 'in-use'
  | 'conflict'
  | 'validation'
  | 'denied'
  | 'credentials'
  | 'no-region'
  | 'network'
  | 'service'
  | 'bad-response'
  | 'unknown-operation'
  | 'aborted'
  | 'other';

/** The facts of a failed call to AWS. */
export interface AwsErrorParts {
  readonly kind: AwsErrorKind;
  /** AWS's own code, e.g. `ResourceNotFoundException`. */
  readonly code: string;
  /** AWS's own text. */
  readonly message: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** The table, stream, function or shard that was asked about. */
  readonly resource?: string | undefined;
  readonly endpoint?: string | undefined;
  /** The profile that was chosen by name. */
  readonly profile?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** A call to AWS that failed, typed; `translateAwsError` turns it into words. */
export class AwsError extends Error {
  readonly kind: AwsErrorKind;
  readonly code: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly resource: string | undefined;
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly statusCode: number | undefined;
  readonly requestId: string | undefined;

  constructor(parts: AwsErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'AwsError';
    this.kind = parts.kind;
    this.code = parts.code;
    this.service = parts.service;
    this.operation = parts.operation;
    this.region = parts.region;
    this.resource = parts.resource;
    this.endpoint = parts.endpoint;
    this.profile = parts.profile;
    this.statusCode = parts.statusCode;
    this.requestId = parts.requestId;
  }
}

/** Whether the error is an AwsError of one of the kinds. */
export function isAwsError(error: unknown, ...kinds: readonly AwsErrorKind[]): error is AwsError {
  return error instanceof AwsError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** Kinds that a later, equal call may well get past. */
export function isTransient(error: unknown): error is AwsError {
  return isAwsError(error, 'throttled', 'service', 'network');
}
