import { CommanderError } from 'commander';
import { makeHost, type World } from './host.js';
import { isAwsError } from './lib/aws/aws-error.js';
import { DdbxError, ExitCode } from './lib/model/error.js';
import { makeWriter } from './lib/terminal/writer.js';
import { buildProgram } from './program.js';

const FALLBACK_WIDTH = 80;
const WIDEST_HELP = 120;

/** Runs one command line and returns the code to end with. It never ends the process itself. */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  const host = makeHost(world);
  const { stdout } = world.streams;
  const out = makeWriter(stdout);
  const err = makeWriter(world.streams.stderr);
  const { program } = buildProgram(host, {
    writeOut: text => {
      out.post(text);
    },
    writeErr: text => {
      err.post(text);
    },
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
    const { renderError } = await import('./lib/terminal/errors.js');
    err.post(renderError(withCommand(shown, host.commandPath()), io, { format, debug }));
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
