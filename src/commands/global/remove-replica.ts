import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { usageError } from '../../lib/model/error.js';
import { parseRegion } from '../region.js';
import { type CommandHost, changeOptions, collected, declareVerb, parsedBy } from '../verb.js';
import { refuseTwice } from './flags.js';
import { lookNeeds } from './needs.js';

/** Everything that `ddbx global remove-replica` can be told. */
export interface RemoveReplicaOptions extends ChangeOptions {
  readonly table: TableRef;
  /** Undefined with --all: every Region but the one that is asked. */
  readonly regions: readonly string[] | undefined;
  readonly wait: boolean;
}

interface RemoveFlags extends Partial<ChangeOptions> {
  readonly all?: boolean;
  readonly wait: boolean;
}

const lazyRun: Run<RemoveReplicaOptions> = async (options, context) =>
  (await import('./remove-replica-run.js')).runRemoveReplica(options, context);

/** `ddbx global remove-replica`. */
export function removeReplicaCommand(host: CommandHost, run: Run<RemoveReplicaOptions> = lazyRun): Command {
  const command = new Command('remove-replica')
    .description('delete the table of some Regions with its data, in the order that AWS allows')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .argument('[regions...]', 'the Regions to remove', collected(parseRegion))
    .option('--all', 'every Region but the one that is asked')
    .option('--no-wait', 'do not wait until the table is gone; later Regions are then left for the next run')
    .action((table: TableRef, regions: readonly string[], flags: RemoveFlags, self: Command) =>
      host.run(self, async context =>
        run({ table, regions: wantedRegions(regions, flags), wait: flags.wait, ...changeOptions(flags) }, context),
      ),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx global remove-replica Orders eu-west-1', does: "asks for the table's name" },
      {
        command: 'ddbx global remove-replica Orders eu-west-1 ap-southeast-2 --dry-run',
        does: 'the order, and what is lost',
      },
      {
        command: 'ddbx global remove-replica Orders --all --region us-east-1 --yes',
        does: 'back to a table of us-east-1 alone',
      },
    ],
    iam: [
      ...lookNeeds,
      { action: 'dynamodb:UpdateTable', resource: 'table', everyRegion: true },
      { action: 'dynamodb:DeleteTable', resource: 'table', everyRegion: true },
      { action: 'dynamodb:DeleteTableReplica', resource: 'table', everyRegion: true },
      {
        action: 'dynamodb:DeleteGlobalTableWitness',
        resource: 'table',
        everyRegion: true,
        when: 'the table has a witness',
      },
    ],
    completes: 'table',
  });
}

function wantedRegions(regions: readonly string[] | undefined, flags: RemoveFlags): readonly string[] | undefined {
  const named = regions ?? [];
  if (flags.all === true) {
    if (named.length > 0)
      throw usageError('--all and Regions contradict each other.', 'Name the Regions, or say --all.');
    return undefined;
  }
  if (named.length === 0) throw usageError('No Region is named.', 'Name the Regions to remove, or say --all.');
  refuseTwice(named);
  return named;
}
