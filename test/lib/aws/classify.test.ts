import { describe, expect, it } from 'vitest';
import type { AwsErrorKind } from '../../../src/lib/aws/aws-error.js';
import { type FailureFacts, classifyFailure } from '../../../src/lib/aws/classify.js';

const nothing: FailureFacts = { name: 'Error', message: '', systemCode: undefined, statusCode: undefined };

describe('what a failure means', () => {
  it.each<[AwsErrorKind, Partial<FailureFacts>]>([
    ['expired-iterator', { name: 'ExpiredIteratorException', statusCode: 400 }],
    ['trimmed', { name: 'TrimmedDataAccessException', statusCode: 400 }],
    ['throttled', { name: 'ThrottlingException', statusCode: 400 }],
    ['throttled', { name: 'LimitExceededException', statusCode: 400 }],
    ['throttled', { name: 'ProvisionedThroughputExceededException', statusCode: 400 }],
    ['throttled', { name: 'Unknown', statusCode: 429 }],
    ['not-found', { name: 'ResourceNotFoundException', statusCode: 400 }],
    ['conflict', { name: 'ResourceConflictException', statusCode: 409 }],
    ['in-use', { name: 'ResourceInUseException', statusCode: 400 }],
    ['validation', { name: 'ValidationException', statusCode: 400 }],
    ['denied', { name: 'AccessDeniedException', statusCode: 400 }],
    ['credentials', { name: 'UnrecognizedClientException', statusCode: 400 }],
    ['credentials', { name: 'ExpiredTokenException', statusCode: 400 }],
    ['credentials', { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' }],
    ['credentials', { message: 'The SSO session associated with this profile has expired.' }],
    ['no-region', { message: 'Region is missing' }],
    ['service', { name: 'InternalServerError', statusCode: 500 }],
    ['service', { name: 'ServiceUnavailable', statusCode: 503 }],
    ['service', { name: 'Unknown', statusCode: 502 }],
    // The page of a load balancer that is HTML, too, but passes.
    ['service', { name: 'SyntaxError', message: 'Unexpected token < in JSON', statusCode: 503 }],
    ['bad-response', { name: 'SyntaxError', message: 'Unexpected token < in JSON', statusCode: 200 }],
    ['bad-response', { name: 'SyntaxError', message: 'Unexpected token < in JSON', statusCode: 404 }],
    ['bad-response', { message: 'x is not valid JSON' }],
    ['unknown-operation', { name: 'UnknownOperationException', statusCode: 400 }],
    ['network', { systemCode: 'ECONNREFUSED', name: 'AggregateError' }],
    ['network', { systemCode: 'ENOTFOUND' }],
    ['network', { systemCode: 'ECONNRESET', name: 'TimeoutError' }],
    ['network', { systemCode: 'HPE_INVALID_CONSTANT' }],
    ['network', { systemCode: 'EPROTO' }],
    ['network', { systemCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }],
    ['network', { systemCode: 'ERR_STREAM_PREMATURE_CLOSE' }],
    ['network', { name: 'TimeoutError' }],
    ['network', { message: 'socket hang up' }],
    ['aborted', { name: 'AbortError', message: 'Request aborted' }],
    ['other', { name: 'SomethingNew', statusCode: 400 }],
    ['other', { name: 'constructor' }],
    ['other', { name: '__proto__', statusCode: 400 }],
  ])('%s: %o', (kind, facts) => {
    expect(classifyFailure({ ...nothing, ...facts })).toBe(kind);
  });
});
