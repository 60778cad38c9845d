import { isAwsError } from '../../lib/aws/aws-error.js';
import { translateAwsError } from '../../lib/aws/translate.js';
import { DdbxError } from '../../lib/model/error.js';

/** A failure in one Region, in words: what the whole command would say if it had failed of it. */
export interface FailureWords {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Puts a kept failure into words. */
export function failureWords(error: unknown): FailureWords {
  const worded = isAwsError(error) ? translateAwsError(error) : error;
  if (worded instanceof DdbxError) return { code: worded.code, message: worded.message, hint: worded.hint };
  return { code: 'unknown', message: worded instanceof Error ? worded.message : String(worded), hint: undefined };
}

/** A failure as json shows it. */
export function failureJson(region: string, error: unknown) {
  const { code, message } = failureWords(error);
  return { region, code, message };
}
