import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { changeNeeds } from './change-needs.js';

/** Everything that `ddbx streams disable` can be told. */
export interface DisableOptions extends ChangeOptions {
  readonly table: TableRef;
  /** False: leave when AWS has taken the request. */
  readonly wait: boolean;
}

interface DisableFlags extends Partial<ChangeOptions> {
  readonly wait: boolean;
}

const lazyRun: Run<DisableOptions> = async (options, context) =>
  (await import('./change-run.js')).runDisable(options, context);

/** `ddbx streams disable`. */
export function disableCommand(host: CommandHost, run: Run<DisableOptions> = lazyRun): Command {
  const command = new Command('disable')
    .description("turn a table's stream off; what it holds stays readable for up to 24 hours")
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .option('--no-wait', 'do not wait until the table is ACTIVE again')
    .action((table: TableRef, flags: DisableFlags, self: Command) =>
      host.run(self, context => run({ table, wait: flags.wait, ...changeOptions(flags) }, context)),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx streams disable Orders --dry-run', does: 'show which consumers lose their source' },
      { command: 'ddbx streams disable Orders', does: "asks for the table's name" },
    ],
    iam: changeNeeds,
    completes: 'table',
  });
}
