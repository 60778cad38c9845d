import type { CommandContext } from '../../context.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { exampleCredentials } from './example-credentials.js';
import type { SandboxControlOptions, SandboxReachOptions } from './sandbox.js';

/** Prints the environment that points AWS tools at the sandbox, for `eval`. */
export async function runSandboxEnv(options: SandboxReachOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const region = context.globals.region ?? 'us-east-1';
  const variables = {
    AWS_ENDPOINT_URL: urlOf(options.port),
    AWS_REGION: region,
    // The AWS CLI and boto3 read this one.
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: exampleCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: exampleCredentials.secretAccessKey,
  };
  if (output.format === 'human') {
    for (const [name, value] of Object.entries(variables)) await output.line(`export ${name}=${value}`);
    await output.line('unset AWS_PROFILE AWS_SESSION_TOKEN');
  } else {
    await output.document(variables);
  }
  return ExitCode.done;
}

/** Stops a running sandbox; one that does not run is nothing to do. */
export async function runSandboxStop(options: SandboxReachOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  try {
    await control(options.port, 'stop', '{}', context.signal);
  } catch (error) {
    if (!(error instanceof DdbxError) || error.code !== 'sandbox-not-running') throw error;
    output.note(`No sandbox runs on port ${options.port}.`);
    return ExitCode.done;
  }
  output.note(`The sandbox on port ${options.port} has stopped.`);
  return ExitCode.done;
}

/** Calls a control operation of a running sandbox and prints its answer. */
export async function runSandboxControl(options: SandboxControlOptions, context: CommandContext): Promise<ExitCode> {
  try {
    JSON.parse(options.input);
  } catch (error) {
    throw usageError(
      `The input of ${options.operation} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      `Write it in single quotes: ddbx sandbox ctl ${options.operation} '{"table":"Orders"}'`,
    );
  }
  const answer = await control(options.port, options.operation, options.input, context.signal);
  await context.output('json').document(answer);
  return ExitCode.done;
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function control(port: number, operation: string, input: string, signal: AbortSignal): Promise<unknown> {
  let response: Response;
  try {
    const url = `${urlOf(port)}/_ddbx/${encodeURIComponent(operation)}`;
    response = await fetch(url, { method: 'POST', body: input, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new DdbxError({
      code: 'sandbox-not-running',
      message: `No sandbox answers on port ${port}.`,
      hint: `Start one: ddbx sandbox start --port ${port}`,
      cause: error,
    });
  }
  const text = await response.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  if (!response.ok) {
    const message = typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : text;
    throw new DdbxError({ code: 'sandbox-control', message, hint: 'ddbx sandbox ctl --help shows the operations.' });
  }
  return answer;
}
