import type { AwsErrorKind } from './aws-error.js';

/** The codes of AWS and of the SDK's credential chain, by what they mean for the caller. */
const KIND_BY_CODE: ReadonlyMap<string, AwsErrorKind> = new Map(
  Object.entries({
    ExpiredIteratorException: 'expired-iterator',
    TrimmedDataAccessException: 'trimmed',
    LimitExceededException: 'throttled',
    ThrottlingException: 'throttled',
    Throttling: 'throttled',
    ThrottledException: 'throttled',
    TooManyRequestsException: 'throttled',
    ProvisionedThroughputExceededException: 'throttled',
    RequestLimitExceeded: 'throttled',
    RequestThrottled: 'throttled',
    RequestThrottledException: 'throttled',
    SlowDown: 'throttled',
    OverLimit: 'throttled',
    KmsThrottled: 'throttled',
    ResourceNotFoundException: 'not-found',
    TableNotFoundException: 'not-found',
    NotFoundException: 'not-found',
    QueueDoesNotExist: 'not-found',
    NoSuchBucket: 'not-found',
    NoSuchKey: 'not-found',
    NotFound: 'not-found',
    ResourceInUseException: 'in-use',
    ResourceConflictException: 'conflict',
    GlobalTableNotFoundException: 'not-found',
    ReplicatedWriteConflictException: 'in-use',
    ValidationException: 'validation',
    InvalidParameterValueException: 'validation',
    SerializationException: 'validation',
    InvalidParameterException: 'validation',
    UnsupportedOperation: 'validation',
    BatchRequestTooLong: 'validation',
    BatchRequestTooLongException: 'validation',
    InvalidMessageContents: 'validation',
    InvalidAddress: 'validation',
    QueueNameExists: 'validation',
    ReceiptHandleIsInvalid: 'validation',
    AccessDeniedException: 'denied',
    AccessDenied: 'denied',
    ForbiddenException: 'denied',
    AuthorizationErrorException: 'denied',
    KmsAccessDenied: 'denied',
    UnrecognizedClientException: 'credentials',
    InvalidClientTokenId: 'credentials',
    InvalidSignatureException: 'credentials',
    SignatureDoesNotMatch: 'credentials',
    ExpiredTokenException: 'credentials',
    ExpiredToken: 'credentials',
    RequestExpired: 'credentials',
    RequestTimeTooSkewed: 'credentials',
    IncompleteSignatureException: 'credentials',
    MissingAuthenticationTokenException: 'credentials',
    CredentialsProviderError: 'credentials',
    TokenProviderError: 'credentials',
    UnknownOperationException: 'unknown-operation',
    InternalServerError: 'service',
    InternalFailure: 'service',
    ServiceUnavailable: 'service',
    ServiceUnavailableException: 'service',
    ServiceException: 'service',
    RequestTimeout: 'service',
    RequestTimeoutException: 'service',
    TimeoutError: 'network',
    AbortError: 'aborted',
  } satisfies Record<string, AwsErrorKind>),
);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
  'EPROTO',
  'ERR_STREAM_PREMATURE_CLOSE',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What there is to judge a failed call by; all of it may be missing. */
export interface FailureFacts {
  readonly name: string;
  readonly message: string;
  /** The system error's code (`ECONNREFUSED`), where there is one. */
  readonly systemCode: string | undefined;
  readonly statusCode: number | undefined;
}

/**
 * Decides what a failure means, once, for the whole program.
 * The order matters: the network's word first, then AWS's code, then the HTTP status.
 */
export function classifyFailure(facts: FailureFacts): AwsErrorKind {
  if (facts.systemCode !== undefined && isNetworkCode(facts.systemCode)) return 'network';
  const byCode = KIND_BY_CODE.get(facts.name);
  if (byCode !== undefined) return byCode;
  if (/region is missing/i.test(facts.message)) return 'no-region';
  if (facts.message === 'socket hang up') return 'network';
  if (/could not load credentials|token is expired|sso session/i.test(facts.message)) return 'credentials';
  // A load balancer's page that says "try again" is HTML, too, so the status goes first.
  const status = facts.statusCode;
  if (status !== undefined && status >= 500) return 'service';
  if (status === 429) return 'throttled';
  // The SDK fails to read what is no AWS answer at all, e.g. a proxy's HTML page.
  if (facts.name === 'SyntaxError' || /deserialization error|is not valid JSON/i.test(facts.message)) {
    return 'bad-response';
  }
  return 'other';
}

/** HPE_* is what the HTTP parser says of an answer that is no HTTP, ERR_SSL_* what TLS says of one that is no TLS. */
function isNetworkCode(code: string): boolean {
  return NETWORK_CODES.has(code) || code.startsWith('HPE_') || code.startsWith('ERR_SSL_');
}
