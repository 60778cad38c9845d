import type { Clock } from '../model/clock.js';
import { AwsError } from './aws-error.js';
import { classifyFailure } from './classify.js';

/** One call to AWS as `--debug` shows it; holds nothing secret. */
export interface RequestTrace {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly resource: string | undefined;
  readonly durationMs: number;
  readonly attempts: number;
  readonly requestId: string | undefined;
  readonly statusCode: number | undefined;
  /** AWS's code when the call failed. */
  readonly failure: string | undefined;
}

/** What every gateway knows about the service it speaks to. */
export interface ServiceContext {
  readonly service: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly clock: Clock;
  readonly onRequest: ((trace: RequestTrace) => void) | undefined;
}

interface ResponseMetadata {
  readonly requestId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly httpStatusCode?: number | undefined;
}

/**
 * Makes one call, reports it, and types its failure.
 * @param resource the table, stream or function that is asked about; named in errors
 * @throws AwsError for everything that goes wrong in it
 */
export async function call<Output extends { readonly $metadata: ResponseMetadata }>(
  context: ServiceContext,
  operation: string,
  resource: string | undefined,
  send: () => Promise<Output>,
): Promise<Output> {
  const startedAt = context.clock.now();
  const report = (metadata: ResponseMetadata, failure: string | undefined): void =>
    context.onRequest?.({
      service: context.service,
      operation,
      region: context.region,
      resource,
      durationMs: context.clock.now() - startedAt,
      attempts: metadata.attempts ?? 1,
      requestId: metadata.requestId,
      statusCode: metadata.httpStatusCode,
      failure,
    });
  try {
    const output = await send();
    report(output.$metadata, undefined);
    return output;
  } catch (error) {
    const typed = toAwsError(error, context, operation, resource);
    report(metadataOf(error), typed.code);
    throw typed;
  }
}

/** Types whatever the SDK threw. */
export function toAwsError(
  error: unknown,
  context: Pick<ServiceContext, 'service' | 'region' | 'endpoint' | 'profile'>,
  operation: string,
  resource: string | undefined,
): AwsError {
  const metadata = metadataOf(error);
  const name = stringMember(error, 'name') ?? 'UnknownError';
  const systemCode = stringMember(error, 'code') ?? stringMember(memberOf(error, 'cause'), 'code');
  const message = error instanceof Error ? error.message : String(error);
  const kind = classifyFailure({ name, message, systemCode, statusCode: metadata.httpStatusCode });
  return new AwsError({
    kind,
    // Node names the failure of a connection in its code; the name is Error, or AggregateError for several addresses.
    code: systemCode !== undefined && (kind === 'network' || name === 'Error') ? systemCode : name,
    message: plainMessage(message),
    ...context,
    operation,
    resource,
    statusCode: metadata.httpStatusCode,
    requestId: metadata.requestId,
    cause: error,
  });
}

/** How the SDK's HTTP handler says that a time limit is over, and how a person would. */
const TIME_LIMITS: readonly (readonly [RegExp, (limit: string) => string])[] = [
  [/did not establish a connection .* timeout of ([\d,]+) ms/, limit => `no connection within ${limit} ms`],
  [/exceeded the configured ([\d,]+) ms requestTimeout/, limit => `no answer within ${limit} ms`],
  [/request socket timed out after ([\d,]+) ms of inactivity/, limit => `the answer stopped for ${limit} ms`],
];

function plainMessage(message: string): string {
  for (const [pattern, words] of TIME_LIMITS) {
    const limit = pattern.exec(message)?.[1];
    if (limit !== undefined) return words(limit);
  }
  // The SDK's hint about a hidden field is of no use to the reader of this message.
  return message.replace(/\n\s+Deserialization error: to see the raw response[\s\S]*$/, '');
}

function metadataOf(error: unknown): ResponseMetadata {
  const metadata = memberOf(error, '$metadata');
  const number = (name: string): number | undefined => {
    const value = memberOf(metadata, name);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    requestId: stringMember(metadata, 'requestId'),
    attempts: number('attempts'),
    httpStatusCode: number('httpStatusCode'),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function stringMember(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : undefined;
}
