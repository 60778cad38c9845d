import { AwsError, serializationError } from '../aws-error.js';
import { cloudwatchService } from '../cloudwatch/operations.js';
import { dynamodbService } from '../dynamodb/operations.js';
import { autoScalingService } from '../autoscaling/operations.js';
import { kmsService } from '../kms/operations.js';
import { asMembers } from '../members.js';
import { sqsService } from '../sqs/operations.js';
import type { SandboxState } from '../state.js';
import { streamsService } from '../streams/operations.js';
import { contentOf } from './content.js';
import { crc32 } from './crc32.js';
import type { JsonService } from './json-service.js';
import { type Exchange, type HttpAnswer, type HttpRequest, headerOf } from './http-answer.js';
import { RawJson } from './raw-json.js';
import { regionOf } from './region-of.js';

/** The services that are spoken to by `X-Amz-Target`. */
const SERVICES: ReadonlyMap<string, JsonService> = new Map(
  [dynamodbService, streamsService, cloudwatchService, sqsService, autoScalingService, kmsService].map(service => [
    service.target,
    service,
  ]),
);

/** The AWS JSON 1.0 protocol; `undefined` when the request does not speak it. */
export function awsJsonExchange(request: HttpRequest, state: SandboxState): Exchange | undefined {
  const target = headerOf(request, 'x-amz-target');
  if (target === undefined) return undefined;
  const [prefix = '', name = ''] = target.split('.');
  const service = SERVICES.get(prefix);
  const operation =
    service !== undefined && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  return {
    operation: name,
    service: service?.signingName ?? 'dynamodb',
    ...(operation === undefined ? { isUnknown: true } : {}),
    answer: async () => {
      if (service === undefined || operation === undefined) {
        state.log(`The sandbox has no operation ${target}`);
        throw new AwsError('UnknownOperationException', '');
      }
      const region = regionOf(request, state);
      const output = await operation(asMembers(parseBody(contentOf(request))), { state, region, request });
      return answerOf(
        request,
        service,
        200,
        output instanceof RawJson ? output.chunks : [Buffer.from(JSON.stringify(output))],
      );
    },
    fail: error => failure(request, service ?? dynamodbService, error),
  };
}

function parseBody(body: Buffer): unknown {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return parsed;
  } catch (error) {
    throw serializationError(error instanceof Error ? error.message : 'The request is not JSON');
  }
}

function failure(request: HttpRequest, service: JsonService, error: AwsError): HttpAnswer {
  const body = { __type: service.errorType(error.type), message: error.message, ...error.members };
  return answerOf(request, service, error.status, [Buffer.from(JSON.stringify(body))], service.errorHeaders?.(error));
}

function answerOf(
  request: HttpRequest,
  { version }: JsonService,
  status: number,
  chunks: readonly Buffer[],
  further: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const headers = {
    'content-type': `application/x-amz-json-${version}`,
    'x-amzn-requestid': request.requestId,
    'x-amz-crc32': String(crc32(chunks)),
    ...further,
  };
  return { status, headers, chunks };
}
