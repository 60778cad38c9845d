import type { RegionState, SandboxState } from '../state.js';
import { functionArn } from './find-function.js';
import type { FunctionDefinition } from './function-definition.js';
import type { InvocationResult } from './function-worker.js';

/** How an invocation ended, with what the function printed. */
export interface FunctionRun {
  readonly result: InvocationResult;
  readonly log: string;
}

/** Runs a function: what it prints goes to the sandbox's log, how it went into Lambda's metrics (FACTS F). */
export async function invokeFunction(
  state: SandboxState,
  region: RegionState,
  definition: FunctionDefinition,
  { requestId, event }: { readonly requestId: string; readonly event: string },
): Promise<FunctionRun> {
  const { name } = definition;
  const lines: string[] = [];
  const onLog = (line: string): void => {
    lines.push(line);
    state.log(`[${name}] ${line}`, 'function');
  };
  const context = {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn(state, region, name),
    memoryLimitInMB: String(definition.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'sandbox',
    callbackWaitsForEmptyEventLoop: true,
  };
  const startedMs = performance.now();
  const result = await state.functions.invoke(definition, region.name, { requestId, event, context, onLog });
  if (result.kind === 'failure') onLog(`${result.failure.errorType}: ${result.failure.errorMessage}`);
  const record = (metric: string, value: number): void => {
    for (const dimensions of [{ FunctionName: name }, { FunctionName: name, Resource: name }]) {
      state.metrics.record({ region: region.name, namespace: 'AWS/Lambda', name: metric, dimensions }, value);
    }
  };
  record('Invocations', 1);
  record('Errors', result.kind === 'failure' ? 1 : 0);
  record('Duration', performance.now() - startedMs);
  return { result, log: lines.join('\n') };
}
