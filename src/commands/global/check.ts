import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseRegion } from '../region.js';
import { type CommandHost, collected, declareVerb, parsedBy } from '../verb.js';
import { preflightNeeds } from './needs.js';
import { addReplicaOptions, type ReplicaFlags, wantedReplicas, type WantedReplicas } from './replica-flags.js';

/** Everything that `ddbx global check` can be told. */
export interface CheckCommandOptions extends WantedReplicas {
  readonly table: TableRef;
}

interface CheckFlags extends ReplicaFlags {
  readonly add: readonly string[];
}

const lazyRun: Run<CheckCommandOptions> = async (options, context) =>
  (await import('./check-run.js')).runCheck(options, context);

/** `ddbx global check`. */
export function checkCommand(host: CommandHost, run: Run<CheckCommandOptions> = lazyRun): Command {
  const command = new Command('check')
    .description('look for everything that would stop Regions from being added')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(
      new Option('--add <regions>', 'the Regions to be added').argParser(collected(parseRegion)).makeOptionMandatory(),
    );
  addReplicaOptions(command).action((table: TableRef, flags: CheckFlags, self: Command) =>
    host.run(self, async context => run({ table, ...wantedReplicas(flags.add, flags) }, context)),
  );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx global check Orders --add eu-west-1,ap-southeast-2', does: 'exit 4 when a check fails' },
      { command: 'ddbx global check Orders --add eu-west-1 --kms-key eu-west-1=alias/orders', does: 'with its key' },
      {
        command: 'ddbx global check Orders --add us-east-2 --witness us-west-2 --consistency strong',
        does: 'for strong consistency',
      },
    ],
    iam: preflightNeeds,
    completes: 'table',
  });
}
