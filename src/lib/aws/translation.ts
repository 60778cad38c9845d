import type { DdbxErrorParts } from '../model/error.js';
import { parseStreamArn } from './arn.js';
import type { AwsError } from './aws-error.js';

/** What is said instead of AWS's text. */
export type Words = Omit<DdbxErrorParts, 'cause' | 'awsRequestId'>;

/** An AWS text that means one particular thing, and what it means (facts/samples/errors.json). */
export interface Translation {
  readonly text: RegExp;
  readonly words: (error: AwsError) => Words;
}

/** What was asked about, in words; begins a sentence. */
export function nameOf(error: AwsError): string {
  const stream = error.resource === undefined ? undefined : parseStreamArn(error.resource);
  if (stream !== undefined) return `the stream of ${stream.tableName} with label ${stream.label}`;
  return error.resource ?? 'What was asked for';
}

/** ` in us-east-1`, or nothing where no Region is known. */
export function place(error: AwsError): string {
  return error.region === '' ? '' : ` in ${error.region}`;
}
