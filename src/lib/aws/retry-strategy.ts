import { ConfiguredRetryStrategy, isTransientError } from '@smithy/core/retry';
import type { RetryErrorInfo } from '@smithy/types';

/** What a signature with another time may mend. */
const SIGNATURE_ERRORS: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/**
 * The SDK's retries, without a mistake of theirs: where this machine's clock is minutes away from AWS's, the SDK takes
 * every error for one that a corrected signature may mend, and asks five times for a table that is not there.
 * @param backOff how many milliseconds to wait after so many failed attempts
 */
export function makeRetryStrategy(maxAttempts: number, backOff: (attempt: number) => number): ConfiguredRetryStrategy {
  const strategy = new ConfiguredRetryStrategy(maxAttempts, backOff);
  const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
  strategy.refreshRetryTokenForRetry = (token, info) => refresh(token, withoutSkew(info));
  return strategy;
}

function withoutSkew(info: RetryErrorInfo): RetryErrorInfo {
  const { error } = info;
  if (error?.$metadata?.clockSkewCorrected !== true || info.errorType !== 'TRANSIENT') return info;
  if (SIGNATURE_ERRORS.has(error.name)) return info;
  const { httpStatusCode } = error.$metadata;
  const unmarked = {
    name: error.name,
    message: error.message,
    ...(httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } }),
    ...(error.$retryable === undefined ? {} : { $retryable: error.$retryable }),
  };
  return isTransientError(unmarked) ? info : { ...info, errorType: 'CLIENT_ERROR' };
}
