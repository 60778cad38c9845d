import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import type { StreamViewType } from '../../lib/aws/streams-gateway.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { changeNeeds } from './change-needs.js';
import { viewOption } from './view-option.js';

/** Everything that `ddbx streams set-view` can be told. */
export interface SetViewOptions extends ChangeOptions {
  readonly table: TableRef;
  readonly viewType: StreamViewType;
}

interface SetViewFlags extends Partial<ChangeOptions> {
  readonly view: StreamViewType;
}

const lazyRun: Run<SetViewOptions> = async (options, context) =>
  (await import('./change-run.js')).runSetView(options, context);

/** `ddbx streams set-view`. */
export function setViewCommand(host: CommandHost, run: Run<SetViewOptions> = lazyRun): Command {
  const command = new Command('set-view')
    .description('change what a stream records, by replacing it with a new stream')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(viewOption())
    .action((table: TableRef, flags: SetViewFlags, self: Command) =>
      host.run(self, context => run({ table, viewType: flags.view, ...changeOptions(flags) }, context)),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx streams set-view Orders --view new-and-old-images --dry-run', does: 'see what it orphans' },
      { command: 'ddbx streams set-view Orders --view keys-only', does: 'run it again if it was interrupted' },
    ],
    iam: changeNeeds,
    completes: 'table',
  });
}
