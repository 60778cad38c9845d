import type { AwsErrorKind } from './aws-error.js';

/** The codes of AWS and of the SDK's credential chain, by what they mean for the caller. */
const KIND_BY_CODE: Readonly<Record<string, AwsErrorKind>> = {
  ExpiredIteratorException: 'expired-iterator',
  TrimmedDataAccessException: 'trimmed',
  LimitExceededException: 'throttled',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  ResourceNotFoundException: 'not-found',
  TableNotFoundException: 'not-found',
  NotFoundException: 'not-found',
  ResourceInUseException: 'in-use',
  ValidationException: 'validation',
  InvalidParameterValueException: 'validation',
  SerializationException: 'validation',
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  ForbiddenException: 'denied',
  UnrecognizedClientException: 'credentials',
  InvalidClientTokenId: 'credentials',
  InvalidSignatureException: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  ExpiredTokenException: 'credentials',
  ExpiredToken: 'credentials',
  RequestExpired: 'credentials',
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
  TimeoutError: 'network',
  AbortError: 'aborted',
};

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
  'HPE_INVALID_CONSTANT',
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
  if (facts.systemCode !== undefined && NETWORK_CODES.has(facts.systemCode)) return 'network';
  const byCode = KIND_BY_CODE[facts.name];
  if (byCode !== undefined) return byCode;
  if (/region is missing/i.test(facts.message)) return 'no-region';
  if (facts.message === 'socket hang up') return 'network';
  if (/could not load credentials|token is expired|sso session/i.test(facts.message)) return 'credentials';
  // The SDK fails to read what is no AWS answer at all, e.g. a proxy's HTML page.
  if (facts.name === 'SyntaxError' || /deserialization error|is not valid JSON/i.test(facts.message))
    return 'bad-response';
  const status = facts.statusCode;
  if (status !== undefined && status >= 500) return 'service';
  if (status === 429) return 'throttled';
  return 'other';
}
