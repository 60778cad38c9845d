import type { Command } from 'commander';
import type { Run } from '../../context.js';
import { type CommandHost, declareVerb } from '../verb.js';

/** What `ddbx demo` is told. */
export interface DemoOptions {
  /** Leave the folder with the demo's files in place. */
  readonly keep: boolean;
}

const lazyRun: Run<DemoOptions> = async (options, context) => (await import('./demo-run.js')).runDemo(options, context);

/** Declares `ddbx demo`. */
export function declareDemo(command: Command, host: CommandHost, run: Run<DemoOptions> = lazyRun): void {
  command
    .option('--keep', "leave the folder with the demo's files in place")
    .action((flags: { readonly keep?: boolean }, self: Command) =>
      host.run(self, context => run({ keep: flags.keep ?? false }, context)),
    );
  declareVerb(command, {
    examples: [{ command: 'ddbx demo', does: 'needs no account and no network, and ends by itself' }],
    iam: [],
  });
}
