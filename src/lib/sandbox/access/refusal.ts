import { AwsError } from '../aws-error.js';

/** Why a request is refused before it is looked at. */
export type RefusalReason = 'no-token' | 'incomplete' | 'unknown-key' | 'wrong-signature' | 'skewed' | 'denied';

type Dialect = 'json' | 'query' | 's3';

/** Services that speak, or long spoke, the query protocol name their refusals in other words. */
const QUERY_SERVICES: ReadonlySet<string> = new Set(['sns', 'sts', 'iam']);

/** JSON services that answer a refusal with 400; the others do with 403. */
const REFUSED_AS_BAD: ReadonlySet<string> = new Set(['dynamodb', 'kms', 'application-autoscaling']);

const TYPES: Readonly<Record<Dialect, Readonly<Record<RefusalReason, string>>>> = {
  json: {
    'no-token': 'MissingAuthenticationTokenException',
    incomplete: 'IncompleteSignatureException',
    'unknown-key': 'UnrecognizedClientException',
    'wrong-signature': 'InvalidSignatureException',
    skewed: 'InvalidSignatureException',
    denied: 'AccessDeniedException',
  },
  query: {
    'no-token': 'MissingAuthenticationToken',
    incomplete: 'IncompleteSignature',
    'unknown-key': 'InvalidClientTokenId',
    'wrong-signature': 'SignatureDoesNotMatch',
    skewed: 'SignatureDoesNotMatch',
    denied: 'AccessDenied',
  },
  s3: {
    'no-token': 'AccessDenied',
    incomplete: 'AuthorizationHeaderMalformed',
    'unknown-key': 'InvalidAccessKeyId',
    'wrong-signature': 'SignatureDoesNotMatch',
    skewed: 'RequestTimeTooSkewed',
    denied: 'AccessDenied',
  },
};

const TEXTS: Readonly<Record<Exclude<RefusalReason, 'skewed' | 'denied'>, string>> = {
  'no-token': 'Missing Authentication Token',
  incomplete:
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  'unknown-key': 'The security token included in the request is invalid.',
  'wrong-signature':
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
};

const S3_TEXTS: typeof TEXTS = {
  'no-token': 'Access Denied',
  incomplete: 'The authorization header is malformed.',
  'unknown-key': 'The AWS Access Key Id you provided does not exist in our records.',
  'wrong-signature':
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
};

/** The refusal of a request in the words of the service it was signed for. */
export function refusal(service: string, reason: Exclude<RefusalReason, 'skewed' | 'denied'>): AwsError {
  return refusalSaying(service, reason, (service === 's3' ? S3_TEXTS : TEXTS)[reason]);
}

/** The same, for reasons whose text says more than the reason. */
export function refusalSaying(service: string, reason: RefusalReason, message: string): AwsError {
  const dialect: Dialect = service === 's3' ? 's3' : QUERY_SERVICES.has(service) ? 'query' : 'json';
  const isSnsDenial = service === 'sns' && reason === 'denied';
  const type = isSnsDenial ? 'AuthorizationError' : TYPES[dialect][reason];
  return new AwsError(type, message, REFUSED_AS_BAD.has(service) ? 400 : 403);
}
