import type { Readable } from 'node:stream';
import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandInput,
  type GetRecordsCommandOutput,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb-streams';
import type { DeserializeMiddleware } from '@smithy/types';

type Middleware = DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes>;

const EMPTY_OBJECT = Buffer.from('{}');

/** The part of the SDK's HTTP response that is read here. */
interface WireResponse {
  readonly statusCode: number;
  body: unknown;
  recordsBody?: Buffer;
}

function isWireResponse(value: unknown): value is WireResponse {
  return typeof value === 'object' && value !== null && 'statusCode' in value && 'body' in value;
}

function isReadable(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && 'on' in value && 'destroy' in value;
}

/**
 * Makes a Streams client hand out the bodies of GetRecords untouched.
 * Two middlewares stand around the SDK's deserialiser: the inner one takes a good answer's bytes and leaves `{}`
 * for the deserialiser to read, the outer one hangs the bytes on the output. Signing, retries and the reading of
 * error answers stay the SDK's. Its logger middleware goes: it walks every output for a log that nobody reads.
 */
export function keepRecordsBodies(client: DynamoDBStreamsClient): void {
  client.middlewareStack.remove('loggerMiddleware');
  client.middlewareStack.addRelativeTo(takeBody, {
    name: 'takeRecordsBody',
    relation: 'after',
    toMiddleware: 'deserializerMiddleware',
    override: true,
  });
  client.middlewareStack.addRelativeTo(giveBody, {
    name: 'giveRecordsBody',
    relation: 'before',
    toMiddleware: 'deserializerMiddleware',
    override: true,
  });
}

const takeBody: Middleware = (next, context) => async args => {
  const result = await next(args);
  const response = result.response;
  if (context['commandName'] === 'GetRecordsCommand' && isWireResponse(response) && response.statusCode === 200) {
    response.recordsBody = await readWhole(response.body);
    response.body = EMPTY_OBJECT;
  }
  return result;
};

const giveBody: Middleware = next => async args => {
  const result = await next(args);
  const response = result.response;
  if (isWireResponse(response) && response.recordsBody !== undefined && result.output !== undefined) {
    Object.assign(result.output, { recordsBody: response.recordsBody });
  }
  return result;
};

/** Calls GetRecords on a client prepared by `keepRecordsBodies`. */
export async function getRecordsBody(
  client: DynamoDBStreamsClient,
  input: GetRecordsCommandInput,
  signal: AbortSignal | undefined,
): Promise<Pick<GetRecordsCommandOutput, '$metadata'> & { readonly body: Buffer }> {
  const options = signal === undefined ? {} : { abortSignal: signal };
  const output: GetRecordsCommandOutput & { readonly recordsBody?: Buffer } = await client.send(
    new GetRecordsCommand(input),
    options,
  );
  return { $metadata: output.$metadata, body: output.recordsBody ?? EMPTY_OBJECT };
}

async function readWhole(body: unknown): Promise<Buffer> {
  if (!isReadable(body)) return EMPTY_OBJECT;
  const stream = body;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => {
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    stream.once('error', reject);
    // A connection that breaks in the middle must not pass for a short page.
    stream.once('close', () => {
      reject(Object.assign(new Error('the connection was closed in the middle of an answer'), { code: 'ECONNRESET' }));
    });
  });
}
