import { AwsError, serializationError } from '../aws-error.js';
import type { Operation } from '../call.js';
import { dynamodbOperations } from '../dynamodb/operations.js';
import { asMembers } from '../members.js';
import type { SandboxState } from '../state.js';
import { streamsOperations } from '../streams/operations.js';
import { crc32 } from './crc32.js';
import { type Exchange, type HttpAnswer, type HttpRequest, headerOf } from './http-answer.js';
import { RawJson } from './raw-json.js';
import { regionOf } from './region-of.js';

/** The services that are spoken to by `X-Amz-Target`. */
const SERVICES: ReadonlyMap<string, Readonly<Record<string, Operation>>> = new Map([
  ['DynamoDB_20120810', dynamodbOperations],
  ['DynamoDBStreams_20120810', streamsOperations],
]);

/** The shapes that are not of DynamoDB's own model have other namespaces. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['ValidationException', 'com.amazon.coral.validate#'],
  ['SerializationException', 'com.amazon.coral.service#'],
  ['UnknownOperationException', 'com.amazon.coral.service#'],
  ['InvalidSignatureException', 'com.amazon.coral.service#'],
  ['ThrottlingException', 'com.amazon.coral.availability#'],
]);
const DEFAULT_NAMESPACE = 'com.amazonaws.dynamodb.v20120810#';

/** The AWS JSON 1.0 protocol; `undefined` when the request does not speak it. */
export function awsJsonExchange(request: HttpRequest, state: SandboxState): Exchange | undefined {
  const target = headerOf(request, 'x-amz-target');
  if (target === undefined) return undefined;
  const [service = '', name = ''] = target.split('.');
  return {
    operation: name,
    answer: async () => {
      const operations = SERVICES.get(service);
      const operation = operations !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) {
        state.log(`The sandbox has no operation ${target}`);
        throw new AwsError('UnknownOperationException', '');
      }
      const region = regionOf(request, state);
      const output = await operation(asMembers(parseBody(request.body)), { state, region });
      return answerOf(request, 200, output instanceof RawJson ? output.chunks : [Buffer.from(JSON.stringify(output))]);
    },
    fail: error => failure(request, error),
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

function failure(request: HttpRequest, error: AwsError): HttpAnswer {
  const namespace = NAMESPACES.get(error.type) ?? DEFAULT_NAMESPACE;
  const body = { __type: `${namespace}${error.type}`, message: error.message, ...error.members };
  return answerOf(request, error.status, [Buffer.from(JSON.stringify(body))]);
}

function answerOf(request: HttpRequest, status: number, chunks: readonly Buffer[]): HttpAnswer {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': request.requestId,
    'x-amz-crc32': String(crc32(chunks)),
  };
  return { status, headers, chunks };
}
