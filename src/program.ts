import { Command, Option } from 'commander';
import type { WholeTree } from './commands/command-tree.js';
import { type CommandHost, parsedBy, wholeNumber } from './commands/verb.js';
import { parseDuration } from './lib/model/duration.js';
import { usageError } from './lib/model/error.js';
import { documentFormats, outputFormats } from './lib/terminal/format.js';
import { version } from './version.js';

/** A noun or a verb of the top level: known by name at once, loaded when it is named. */
interface Entry {
  readonly name: string;
  readonly description: string;
  readonly group: string;
  /** Not in help: asked by scripts. */
  readonly hidden?: boolean;
  /** Declares the noun's verbs on the command, or the lone verb's own arguments; `wholeTree` is for those that describe ddbx. */
  readonly declare: (command: Command, host: CommandHost, wholeTree: WholeTree) => Promise<void>;
}

const WORK = 'Commands:';
const TOOLS = 'Beside them:';

const ENTRIES: readonly Entry[] = [
  {
    name: 'streams',
    description: 'enable, reshape, read and watch DynamoDB Streams',
    group: WORK,
    declare: async (command, host) => (await import('./commands/streams/streams.js')).declareStreams(command, host),
  },
  {
    name: 'esm',
    description: 'attach, tune, lint and repair the Lambda triggers of streams',
    group: WORK,
    declare: async (command, host) => (await import('./commands/esm/esm.js')).declareEsm(command, host),
  },
  {
    name: 'filter',
    description: 'check, try and measure the filters of event source mappings',
    group: WORK,
    declare: async (command, host) => (await import('./commands/filter/filter.js')).declareFilter(command, host),
  },
  {
    name: 'global',
    description: 'add, watch, check and compare the Regions of global tables',
    group: WORK,
    declare: async (command, host) => (await import('./commands/global/global.js')).declareGlobal(command, host),
  },
  {
    name: 'dlq',
    description: 'turn the pointers of failure queues back into records',
    group: WORK,
    declare: async (command, host) => (await import('./commands/dlq/dlq.js')).declareDlq(command, host),
  },
  {
    name: 'cost',
    description: 'what replicated writes, streams and triggers cost',
    group: WORK,
    declare: async (command, host) => (await import('./commands/cost/cost.js')).declareCost(command, host),
  },
  {
    name: 'sandbox',
    description: 'a local AWS to try everything on',
    group: WORK,
    declare: async (command, host) => (await import('./commands/sandbox/sandbox.js')).declareSandbox(command, host),
  },
  {
    name: 'demo',
    description: 'a tour of ddbx on a sandbox of its own',
    group: TOOLS,
    declare: async (command, host) => (await import('./commands/demo/demo.js')).declareDemo(command, host),
  },
  {
    name: 'wait',
    description: 'wait until a table or its stream reaches a state',
    group: TOOLS,
    declare: async (command, host) => (await import('./commands/wait.js')).declareWait(command, host),
  },
  {
    name: 'doctor',
    description: 'show what ddbx would use: Region, credentials, endpoint, proxy',
    group: TOOLS,
    declare: async (command, host) => (await import('./commands/doctor.js')).declareDoctor(command, host),
  },
  {
    name: 'iam',
    description: 'print the least IAM policy for a command',
    group: TOOLS,
    declare: async (command, host, wholeTree) =>
      (await import('./commands/iam.js')).declareIam(command, host, wholeTree),
  },
  {
    name: 'completion',
    description: 'print the completion script for a shell',
    group: TOOLS,
    declare: async (command, host, wholeTree) =>
      (await import('./commands/completion.js')).declareCompletion(command, host, wholeTree),
  },
  {
    name: '__complete',
    description: 'print names for the completion scripts',
    group: TOOLS,
    hidden: true,
    declare: async (command, host) => (await import('./commands/complete.js')).declareComplete(command, host),
  },
];

/** How commander writes and how wide it may; passed in so that tests and terminals differ in nothing else. */
export interface ProgramOutput {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  /** Takes commander's complaint about what was typed; written as it is when left out. */
  readonly complain?: (text: string) => void;
  readonly width: number;
}

/**
 * The command tree. Nouns are there by name; what is below one is loaded just before commander descends into it.
 * `loadAll` fills the whole tree, for completions, the reference and `ddbx iam`.
 */
export function buildProgram(
  host: CommandHost,
  output: ProgramOutput,
): { program: Command; loadAll: () => Promise<void> } {
  const program = new Command('ddbx')
    .description('The operations CLI for DynamoDB Streams and Global Tables')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: output.writeOut,
      writeErr: output.writeErr,
      outputError: output.complain ?? output.writeErr,
      getOutHelpWidth: () => output.width,
      getErrHelpWidth: () => output.width,
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', OVERVIEW);
  addGlobalOptions(program);

  const pending = new Map<Command, () => Promise<void>>();
  const wholeTree: WholeTree = async () => {
    await loadAll();
    return program;
  };
  for (const entry of ENTRIES) {
    const command = program
      .command(entry.name, { hidden: entry.hidden ?? false })
      .description(entry.description)
      .helpGroup(entry.group);
    pending.set(command, () => entry.declare(command, host, wholeTree));
  }
  const load = async (command: Command): Promise<void> => {
    const declare = pending.get(command);
    pending.delete(command);
    await declare?.();
  };
  const loadAll = async (): Promise<void> => {
    for (const command of [...pending.keys()]) await load(command);
  };
  program.hook('preSubcommand', (_program, command) => load(command));
  return { program, loadAll };
}

function addGlobalOptions(program: Command): void {
  const duration = parsedBy(parseDuration);
  program
    .optionsGroup('Connection:')
    .option('--profile <name>', 'the AWS profile to use')
    .option('--region <region>', 'the AWS Region to use')
    .addOption(
      new Option('--endpoint-url <url>', 'another endpoint, such as a sandbox or DynamoDB Local').argParser(
        parsedBy(parseEndpointUrl),
      ),
    )
    .addOption(new Option('--max-attempts <n>', 'attempts for each request (5)').argParser(wholeNumber(1)))
    .addOption(new Option('--read-timeout <duration>', 'how long an answer may take (30s)').argParser(duration))
    .addOption(new Option('--timeout <duration>', 'how long to wait for a state before giving up').argParser(duration))
    .optionsGroup('Output:')
    .addOption(new Option('--output <format>', 'how to print').choices(outputFormats).argParser(parsedBy(parseFormat)))
    .option('--query <expression>', 'a JMESPath expression on json and ndjson')
    .addOption(
      new Option('--color <when>', 'when to colour').choices(['auto', 'always', 'never']).default('auto', 'auto'),
    )
    .option('-q, --quiet', 'print data and errors only')
    .option('-v, --verbose', 'say more on stderr')
    .option('--debug', 'show each request to AWS on stderr, and stack traces')
    .option('--no-progress', 'no spinner, no status line');
}

/** Takes the formats of all verbs; whether the verb has the format is known when it runs. @throws DdbxError `usage` */
function parseFormat(text: string): string {
  if ([...outputFormats, ...documentFormats].some(format => format === text)) return text;
  throw usageError(`Allowed choices are ${outputFormats.join(', ')}.`);
}

/** Without the scheme the SDK would make up an error of its own. @throws DdbxError `usage` */
function parseEndpointUrl(text: string): string {
  if (/^https?:\/\/./.test(text) && URL.canParse(text)) return text;
  throw usageError(`"${text}" is not a URL.`, 'It begins with http:// or https://, such as http://127.0.0.1:8000.');
}

const OVERVIEW = `
Arguments that name a table take a name, a table ARN or a stream ARN.
Durations are 90s, 15m, 5h30m or 2d; instants are ISO 8601 or "15m ago".
Exit codes: 0 done, 1 failed, 2 usage, 3 done in part, 4 a check says no,
            5 credentials, 6 time is over, 130 interrupted.

Start here:
  $ ddbx demo                          # no account needed
  $ ddbx streams tail Orders           # watch a table change
  $ ddbx esm lint --all                # what is wrong with the triggers
  $ ddbx dlq status Orders             # what has failed, and how long is left
  $ ddbx cost estimate --table Orders  # what it costs a month`;
