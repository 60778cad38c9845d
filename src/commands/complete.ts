import { Argument, type Command } from 'commander';
import type { Run } from '../context.js';
import type { CommandHost } from './verb.js';

/** What the completion scripts ask for. */
export const completeKinds = ['table', 'region', 'profile'] as const;

/** One of the kinds of names that change from user to user or from release to release. */
export type CompleteKind = (typeof completeKinds)[number];

/** What `ddbx __complete` is told. */
export interface CompleteOptions {
  readonly kind: CompleteKind;
  readonly prefix: string;
}

const lazyRun: Run<CompleteOptions> = async (options, context) =>
  (await import('./complete-run.js')).runComplete(options, context);

/** Declares the hidden `ddbx __complete <kind> [prefix]`: names for TAB, one a line; whatever goes wrong, nothing. */
export function declareComplete(command: Command, host: CommandHost, run: Run<CompleteOptions> = lazyRun): void {
  command
    .addArgument(new Argument('[kind]'))
    .addArgument(new Argument('[prefix]').default(''))
    .allowExcessArguments()
    .allowUnknownOption()
    .action(async (kind: string | undefined, prefix: string, _flags: unknown, self: Command) => {
      const known = completeKinds.find(name => name === kind);
      if (known === undefined) return;
      try {
        await host.run(self, context => run({ kind: known, prefix }, context));
      } catch {
        // A person is in the middle of typing: TAB then offers nothing, and says nothing.
      }
    });
}
