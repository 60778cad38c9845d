import { CommanderError } from 'commander';
import { makeHost, type World } from './host.js';
import { isAwsError } from './lib/aws/aws-error.js';
import { systemClock } from './lib/model/clock.js';
import { DdbxError, ExitCode } from './lib/model/error.js';
import { renderError } from './lib/terminal/errors.js';
import { buildProgram } from './program.js';

const FALLBACK_WIDTH = 80;
const WIDEST_HELP = 120;

/** Runs one command line and returns the code to end with. It never ends the process itself. */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  const host = makeHost(world);
  const { stdout, stderr } = world.streams;
  const { program } = buildProgram(host, {
    writeOut: text => void stdout.write(text),
    writeErr: text => void stderr.write(text),
    width: Math.min(stdout.columns ?? FALLBACK_WIDTH, WIDEST_HELP),
  });
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return ExitCode.done;
    }
    await program.parseAsync(argv, { from: 'user' });
    return world.signal.aborted && host.exitCode() === ExitCode.done ? ExitCode.interrupted : host.exitCode();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    if (error instanceof DdbxError && error.code === 'broken-pipe') return ExitCode.brokenPipe;
    if (world.signal.aborted) return ExitCode.interrupted;
    const shown = isAwsError(error) ? (await import('./lib/aws/translate.js')).translateAwsError(error) : error;
    const { io, format, debug } = host.errorStyle();
    stderr.write(renderError(withCommand(shown, host.commandPath()), io, { format, debug }));
    return shown instanceof DdbxError ? shown.exitCode : ExitCode.failed;
  } finally {
    host.close();
  }
}

/** Puts the verb that was typed into a hint that asks for it. */
function withCommand(error: unknown, commandPath: string): unknown {
  if (!(error instanceof DdbxError) || error.hint === undefined || commandPath === '') return error;
  if (!error.hint.includes('ddbx iam <command>')) return error;
  return new DdbxError({
    code: error.code,
    message: error.message,
    hint: error.hint.replace('ddbx iam <command>', `ddbx iam ${commandPath}`),
    cause: error.cause,
    awsRequestId: error.awsRequestId,
    exitCode: error.exitCode,
  });
}

/** The first signal asks for a clean end; the second ends at once. A terminal that goes away counts as the first. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  return controller.signal;
}

/** The process's own world, and the only place that ends the process. */
async function runProcess(): Promise<void> {
  // The SDK would print seven lines about Node versions into every run; `ddbx doctor` says it instead.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { stdin, stdout, stderr } = process;
  const code = await main(process.argv.slice(2), {
    streams: { stdin, stdout, stderr },
    env: process.env,
    clock: systemClock,
    random: Math.random,
    signal: interruptible(),
  });
  process.exitCode = code;
  // What was written is let out first; whatever else is still open must not hold the process up.
  stdout.write('', () => stderr.write('', () => process.exit(code)));
}

// A reader that went away is told to the writer by its callback; these keep Node from printing a stack trace for it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

await runProcess();
