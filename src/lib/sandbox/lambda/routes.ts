import { AwsError } from '../aws-error.js';
import { type HttpAnswer, headerOf, jsonAnswer } from '../http/http-answer.js';
import type { RestCall, RestRoute } from '../http/rest.js';
import { findFunction, functionArn, parseFunctionRef } from './find-function.js';
import type { FunctionDefinition } from './function-registry.js';
import { type FunctionRun, invokeFunction, MEMORY_MB } from './invoke-function.js';

const LOG_TAIL_BYTES = 4096;

/** The operations of Lambda that the sandbox serves. */
export const lambdaRoutes: readonly RestRoute[] = [
  {
    operation: 'Invoke',
    method: 'POST',
    path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
    answer: invoke,
  },
  { operation: 'GetFunction', method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)$/, answer: getFunction },
];

async function invoke(call: RestCall): Promise<HttpAnswer> {
  const definition = functionOf(call);
  const event = parseEvent(call);
  const type = headerOf(call.request, 'x-amz-invocation-type') ?? 'RequestResponse';
  const executed = { 'x-amz-executed-version': '$LATEST' };
  switch (type) {
    case 'DryRun':
      return { status: 204, headers: executed, chunks: [] };
    case 'Event':
      void run(call, definition, event);
      return { status: 202, headers: executed, chunks: [] };
    case 'RequestResponse': {
      const { result, log } = await run(call, definition, event);
      const wantsLog = headerOf(call.request, 'x-amz-log-type') === 'Tail';
      const tail = wantsLog ? { 'x-amz-log-result': logTail(log) } : {};
      return result.kind === 'value'
        ? {
            status: 200,
            headers: { 'content-type': 'application/json', ...executed, ...tail },
            chunks: [Buffer.from(result.json)],
          }
        : jsonAnswer(200, result.failure, { ...executed, ...tail, 'x-amz-function-error': 'Unhandled' });
    }
    default:
      throw new AwsError('InvalidParameterValueException', `Unknown invocation type: ${type}`);
  }
}

async function run(
  { state, region, request }: RestCall,
  definition: FunctionDefinition,
  event: string,
): Promise<FunctionRun> {
  return await invokeFunction(state, region, definition, { requestId: request.requestId, event });
}

function logTail(log: string): string {
  return Buffer.from(log).subarray(-LOG_TAIL_BYTES).toString('base64');
}

function parseEvent({ request }: RestCall): string {
  const text = request.body.length === 0 ? '{}' : request.body.toString();
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${error instanceof Error ? error.message : ''}`,
    );
  }
  return text;
}

function getFunction(call: RestCall): HttpAnswer {
  const definition = functionOf(call);
  const { name, exportName, timeoutMs, addedAtMs } = definition;
  return jsonAnswer(200, {
    Configuration: {
      FunctionName: name,
      FunctionArn: functionArn(call.state, call.region, name),
      Runtime: 'nodejs20.x',
      Handler: `index.${exportName}`,
      CodeSize: 0,
      Timeout: Math.ceil(timeoutMs / 1000),
      MemorySize: MEMORY_MB,
      LastModified: new Date(addedAtMs).toISOString().replace('Z', '+0000'),
      Version: '$LATEST',
      PackageType: 'Zip',
      State: 'Active',
      LastUpdateStatus: 'Successful',
    },
    Code: {},
  });
}

/** The function that the path names. */
function functionOf({ state, region, request, parameters }: RestCall): FunctionDefinition {
  const named = parseFunctionRef(parameters[0] ?? '');
  const qualifier = request.url.searchParams.get('Qualifier') ?? named.qualifier;
  const definition = findFunction(state, region, { ...named, qualifier });
  if (definition !== undefined) return definition;
  const suffix = qualifier === '$LATEST' ? '' : `:${qualifier}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Function not found: ${functionArn(state, region, named.name)}${suffix}`,
    404,
  );
}
