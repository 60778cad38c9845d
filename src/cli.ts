import { CommanderError } from 'commander';
import { makeHost, type World } from './host.js';
import { isAwsError } from './lib/aws/aws-error.js';
import { DdbxError, ExitCode, usageError } from './lib/model/error.js';
import type { OutputFormat } from './lib/terminal/format.js';
import { makeWriter } from './lib/terminal/writer.js';
import { buildProgram } from './program.js';

const FALLBACK_WIDTH = 80;
const WIDEST_HELP = 120;
const MACHINE_FORMATS = ['json', 'ndjson'] as const;

/** Runs one command line and returns the code to end with. It never ends the process itself. */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  const host = makeHost(world);
  const { stdout } = world.streams;
  const out = makeWriter(stdout);
  const err = makeWriter(world.streams.stderr);
  let complaint = '';
  const { program } = buildProgram(host, {
    writeOut: text => {
      out.post(text);
    },
    writeErr: text => {
      err.post(text);
    },
    complain: text => {
      complaint += text;
    },
    width: Math.min(stdout.columns ?? FALLBACK_WIDTH, WIDEST_HELP),
  });
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return ExitCode.done;
    }
    await program.parseAsync(withoutHelpWord(argv), { from: 'user' });
    return world.signal.aborted && host.exitCode() === ExitCode.done ? ExitCode.interrupted : host.exitCode();
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return ExitCode.done;
      if (complaint !== '') {
        const { renderError } = await import('./lib/terminal/errors.js');
        const style = { ...host.errorStyle(), format: typedFormat(argv) };
        err.post(renderError(usageErrorOf(complaint), style.io, style));
      }
      return ExitCode.usage;
    }
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

/** `ddbx help streams tail` is `ddbx streams tail --help`: only so are the verbs of a noun loaded. */
function withoutHelpWord(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

/** What --output says where commander gave up before it had read all options. */
function typedFormat(argv: readonly string[]): OutputFormat {
  const at = argv.findLastIndex(word => word === '--output' || word.startsWith('--output='));
  const word = argv[at]?.split('=')[1] ?? argv[at + 1];
  return at < 0 ? 'human' : (MACHINE_FORMATS.find(format => format === word) ?? 'human');
}

/** Commander's complaint, `error: what` with its suggestion in brackets on a second line, as an error like all others. */
function usageErrorOf(complaint: string): DdbxError {
  const [first = '', ...others] = complaint.trim().split('\n');
  const suggestion = others.join(' ').replace(/^\((.*)\)$/, '$1');
  const message = first.replace(/^error: /, '');
  if (suggestion !== '') return usageError(message, suggestion);
  return usageError(message, / is invalid\. /.test(message) ? undefined : 'Add --help to see what the command takes.');
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
