import type { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseDuration } from '../../lib/model/duration.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import type { SandboxReachOptions } from './sandbox.js';

/** What `ddbx sandbox function add` is told; the Region is the global one, and every Region without it. */
export interface FunctionAddOptions extends SandboxReachOptions {
  readonly name: string;
  /** A path, relative to where the command is run. */
  readonly handler: string;
  readonly exportName: string;
  readonly invokeTimeoutMs: number | undefined;
}

/** What `ddbx sandbox function remove` is told. */
export interface FunctionRemoveOptions extends SandboxReachOptions {
  readonly name: string;
}

/** The verbs' operations; tests put their own in place. */
export interface FunctionRuns {
  readonly add: Run<FunctionAddOptions>;
  readonly list: Run<SandboxReachOptions>;
  readonly remove: Run<FunctionRemoveOptions>;
}

const lazyRuns: FunctionRuns = {
  add: async (options, context) => (await import('./function-run.js')).runFunctionAdd(options, context),
  list: async (options, context) => (await import('./function-run.js')).runFunctionList(options, context),
  remove: async (options, context) => (await import('./function-run.js')).runFunctionRemove(options, context),
};

/** Declares the verbs of `ddbx sandbox function`. */
export function declareSandboxFunction(
  sandbox: Command,
  host: CommandHost,
  port: () => Option,
  runs: FunctionRuns = lazyRuns,
): void {
  const command = sandbox.command('function').description('the Lambda functions of a running sandbox');

  const add = command
    .command('add')
    .description('register a local JavaScript module as a Lambda function, or replace it')
    .argument('<name>', 'the function’s name')
    .requiredOption('--handler <file>', 'the module; it is taken anew whenever it changes')
    .option('--export <name>', 'the export that is the handler', 'handler')
    .option('--invoke-timeout <duration>', 'how long an invocation may take (3s)', parsedBy(parseDuration))
    .addOption(port())
    .action((name: string, flags: AddFlags, self: Command) =>
      host.run(self, context =>
        runs.add(
          {
            name,
            handler: flags.handler,
            exportName: flags.export,
            invokeTimeoutMs: flags.invokeTimeout,
            port: flags.port,
          },
          context,
        ),
      ),
    );
  declareVerb(add, {
    examples: [
      { command: 'ddbx sandbox function add process-orders --handler ./handler.mjs', does: 'in every Region' },
      {
        command: 'ddbx sandbox function add audit --handler ./all.mjs --export audit --region eu-west-1',
        does: 'another export, in one Region',
      },
    ],
    iam: [],
  });

  const list = command
    .command('list')
    .description('list the functions')
    .addOption(port())
    .action((flags: SandboxReachOptions, self: Command) => host.run(self, context => runs.list(flags, context)));
  declareVerb(list, { examples: [{ command: 'ddbx sandbox function list', does: 'what there is' }], iam: [] });

  const remove = command
    .command('remove')
    .description('remove a function; its event source mappings stay')
    .argument('<name>', 'the function’s name')
    .addOption(port())
    .action((name: string, flags: SandboxReachOptions, self: Command) =>
      host.run(self, context => runs.remove({ name, port: flags.port }, context)),
    );
  declareVerb(remove, {
    examples: [{ command: 'ddbx sandbox function remove process-orders', does: 'the one that is in every Region' }],
    iam: [],
  });
}

interface AddFlags {
  readonly handler: string;
  readonly export: string;
  readonly invokeTimeout?: number;
  readonly port: number;
}
