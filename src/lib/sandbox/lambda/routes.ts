import { AwsError } from '../aws-error.js';
import { type HttpAnswer, headerOf, jsonAnswer } from '../http/http-answer.js';
import type { RestCall, RestRoute } from '../http/rest.js';
import type { FunctionDefinition } from './function-definition.js';
import { functionRoutes } from './function-routes.js';
import { type FunctionRun, invokeFunction } from './invoke-function.js';
import { namedFunction } from './named-function.js';

const LOG_TAIL_BYTES = 4096;

/** The operations of Lambda on functions. */
export const lambdaRoutes: readonly RestRoute[] = [
  ...functionRoutes,
  {
    operation: 'Invoke',
    method: 'POST',
    path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
    answer: invoke,
  },
];

async function invoke(call: RestCall): Promise<HttpAnswer> {
  const definition = namedFunction(call);
  refusePending(call, definition);
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

function refusePending({ state }: RestCall, { activeAtMs }: FunctionDefinition): void {
  if (state.clock.now() >= activeAtMs) return;
  throw new AwsError(
    'ResourceConflictException',
    'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    409,
  );
}
