import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import type { StreamViewType } from '../../lib/aws/streams-gateway.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { changeNeeds } from './change-needs.js';
import { viewOption } from './view-option.js';

/** Everything that `ddbx streams enable` can be told. */
export interface EnableOptions extends ChangeOptions {
  readonly table: TableRef;
  readonly viewType: StreamViewType;
  /** False: leave when AWS has taken the request. */
  readonly wait: boolean;
}

interface EnableFlags extends Partial<ChangeOptions> {
  readonly view: StreamViewType;
  readonly wait: boolean;
}

const lazyRun: Run<EnableOptions> = async (options, context) =>
  (await import('./change-run.js')).runEnable(options, context);

/** `ddbx streams enable`. */
export function enableCommand(host: CommandHost, run: Run<EnableOptions> = lazyRun): Command {
  const command = new Command('enable')
    .description("turn a table's stream on")
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(viewOption())
    .option('--no-wait', 'do not wait until the table is ACTIVE again')
    .action((table: TableRef, flags: EnableFlags, self: Command) =>
      host.run(self, context =>
        run({ table, viewType: flags.view, wait: flags.wait, ...changeOptions(flags) }, context),
      ),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx streams enable Orders --view new-and-old-images', does: 'record items before and after' },
      { command: 'ddbx streams enable Orders --view keys-only --dry-run', does: 'only show what would be done' },
    ],
    iam: changeNeeds,
    completes: 'table',
  });
}
