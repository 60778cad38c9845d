import { Argument, type Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { type CommandHost, collected, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { controlOperations, parseInput, parseOperation, usageOf } from './control-call.js';
import { declareSandboxFunction } from './function.js';

/** What `ddbx sandbox start` is told. */
export interface SandboxStartOptions {
  readonly port: number;
  readonly regions: readonly string[];
  readonly account: string;
  readonly shards: number;
  readonly seedFile: string | undefined;
  /** The folder in which the state is kept; in memory only when left out. */
  readonly dataFolder: string | undefined;
  readonly verifySignatures: boolean;
  /** Files of identity-based policies, which together say what the caller may do; none: everything. */
  readonly policyFiles: readonly string[];
  /** Written when the sandbox answers, removed when it has stopped. */
  readonly readyFile: string | undefined;
}

/** What the verbs that speak to a running sandbox are told. */
export interface SandboxReachOptions {
  readonly port: number;
}

/** What `ddbx sandbox ctl` is told. */
export interface SandboxControlOptions extends SandboxReachOptions {
  /** As the API names it. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The verbs' operations; tests put their own in place. */
export interface SandboxRuns {
  readonly start: Run<SandboxStartOptions>;
  readonly env: Run<SandboxReachOptions>;
  readonly stop: Run<SandboxReachOptions>;
  readonly ctl: Run<SandboxControlOptions>;
}

const lazyRuns: SandboxRuns = {
  start: async (options, context) => (await import('./start-run.js')).runSandboxStart(options, context),
  env: async (options, context) => (await import('./reach-run.js')).runSandboxEnv(options, context),
  stop: async (options, context) => (await import('./reach-run.js')).runSandboxStop(options, context),
  ctl: async (options, context) => (await import('./reach-run.js')).runSandboxControl(options, context),
};

/** The port that sandbox verbs agree on when none is given. */
const DEFAULT_PORT = 4680;

/** Declares the verbs of `ddbx sandbox`. */
export function declareSandbox(command: Command, host: CommandHost, runs: SandboxRuns = lazyRuns): void {
  const port = () =>
    new Option('--port <n>', 'the local port; 0 takes any free one').argParser(wholeNumber(0)).default(DEFAULT_PORT);

  const start = command
    .command('start')
    .description('serve a local AWS on 127.0.0.1 until it is stopped')
    .addOption(port())
    .addOption(
      new Option('--regions <regions>', 'the Regions there are; any, when left out').argParser(collected(text => text)),
    )
    .option('--account <id>', 'the account number in ARNs', '111122223333')
    .addOption(new Option('--shards <n>', 'open shards of a new stream').argParser(wholeNumber(1)).default(2))
    .optionsGroup('State:')
    .option('--data <folder>', 'keep the state in this folder, over restarts and crashes; without it, in memory')
    .option('--seed <file>', 'begin with the tables, items, queues, functions and mappings of this JSON file')
    .optionsGroup('Access:')
    .option('--verify-signatures', "check that requests are signed with the credentials of AWS's documentation")
    .addOption(
      new Option(
        '--require-policy <file>',
        'refuse what this identity-based policy does not allow; several add up',
      ).argParser((file: string, before: readonly string[] | undefined) => [...(before ?? []), file]),
    )
    .optionsGroup('Options:')
    .option('--ready-file <file>', 'write the URL to this file as soon as the sandbox answers')
    .action((flags: StartFlags, self: Command) =>
      host.run(self, context =>
        runs.start(
          {
            port: flags.port,
            regions: flags.regions ?? [],
            account: flags.account,
            shards: flags.shards,
            seedFile: flags.seed,
            dataFolder: flags.data,
            verifySignatures: flags.verifySignatures ?? false,
            policyFiles: flags.requirePolicy ?? [],
            readyFile: flags.readyFile,
          },
          context,
        ),
      ),
    );
  declareVerb(start, {
    examples: [
      { command: 'ddbx sandbox start &', does: 'serve in the background' },
      { command: 'eval "$(ddbx sandbox env)"', does: 'point ddbx, the AWS CLI and SDKs at it' },
      { command: 'ddbx sandbox start --data .sandbox --seed orders.json', does: 'keep what is done to it' },
      { command: 'ddbx sandbox start --require-policy ops.json', does: 'hold clients to a policy' },
      { command: 'ddbx sandbox start --port 0 --ready-file url', does: 'in scripts: any port, and know when' },
    ],
    iam: [],
  });

  const env = command
    .command('env')
    .description('print the shell lines that point AWS tools at the sandbox')
    .addOption(port())
    .action((flags: SandboxReachOptions, self: Command) => host.run(self, context => runs.env(flags, context)));
  declareVerb(env, { examples: [{ command: 'eval "$(ddbx sandbox env)"', does: 'for this shell' }], iam: [] });

  const stop = command
    .command('stop')
    .description('stop a running sandbox')
    .addOption(port())
    .action((flags: SandboxReachOptions, self: Command) => host.run(self, context => runs.stop(flags, context)));
  declareVerb(stop, { examples: [{ command: 'ddbx sandbox stop', does: 'the one on the default port' }], iam: [] });

  declareSandboxFunction(command, host, port);

  const ctl = command
    .command('ctl')
    .description('bend the sandbox: time, shards, trims, faults, Regions, mappings')
    .addArgument(
      new Argument('<operation>', 'one of those below')
        .choices([...controlOperations.keys()])
        .argParser(parsedBy(parseOperation)),
    )
    .argument('[input...]', 'its input: member=value words, or one JSON object')
    .addOption(port())
    .action((operation: string, input: readonly string[], flags: SandboxReachOptions, self: Command) =>
      host.run(self, context =>
        runs.ctl({ operation, input: parseInput(operation, input), port: flags.port }, context),
      ),
    );
  // The operations are listed once, with their inputs.
  ctl.configureHelp({ ...ctl.configureHelp(), argumentDescription: argument => argument.description });
  ctl.addHelpText('after', () => `\nOperations, with what they take ([...] may be left out):\n${operationLines()}`);
  declareVerb(ctl, {
    examples: [
      { command: 'ddbx sandbox ctl split-shard table=Orders', does: 'split a shard of a table' },
      { command: 'ddbx sandbox ctl advance-clock ms=25h', does: 'let 25 hours pass' },
      { command: 'ddbx sandbox ctl fail-next operation=GetRecords count=3 error=throttle', does: 'throttle' },
      { command: `ddbx sandbox ctl trim '{"table":"Orders","all":true}'`, does: 'input in JSON' },
    ],
    iam: [],
  });
}

function operationLines(): string {
  return [...controlOperations].map(([name, facts]) => `  ${usageOf(name, facts)}\n      ${facts.does}`).join('\n');
}

interface StartFlags {
  readonly port: number;
  readonly regions?: readonly string[];
  readonly account: string;
  readonly shards: number;
  readonly seed?: string;
  readonly data?: string;
  readonly verifySignatures?: boolean;
  readonly requirePolicy?: readonly string[];
  readonly readyFile?: string;
}
