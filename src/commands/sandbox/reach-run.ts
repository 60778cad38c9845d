import type { CommandContext } from '../../context.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { callSandbox, sandboxUrl } from './call-sandbox.js';
import { exampleCredentials } from './example-credentials.js';
import type { SandboxControlOptions, SandboxReachOptions } from './sandbox.js';

/** Prints the environment that points AWS tools at the sandbox, for `eval`. */
export async function runSandboxEnv(options: SandboxReachOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const region = context.globals.region ?? 'us-east-1';
  const variables = {
    AWS_ENDPOINT_URL: sandboxUrl(options.port),
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
    await callSandbox(context, options.port, 'stop', {});
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
  const answer = await callSandbox(context, options.port, options.operation, options.input);
  await context.output('json').document(answer);
  return ExitCode.done;
}
