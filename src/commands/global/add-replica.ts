import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseRegion } from '../region.js';
import { type CommandHost, changeOptions, collected, declareVerb, parsedBy } from '../verb.js';
import { fixChangeNeeds, fixNeeds, preflightNeeds } from './needs.js';
import { addReplicaOptions, type ReplicaFlags, type WantedReplicas, wantedReplicas } from './replica-flags.js';

/** Everything that `ddbx global add-replica` can be told; how long to wait is the global --timeout. */
export interface AddReplicaOptions extends WantedReplicas, ChangeOptions {
  readonly table: TableRef;
  /** Carry over what DynamoDB does not. */
  readonly copySettings: boolean;
  /** False: leave when AWS has taken the first request. */
  readonly wait: boolean;
}

interface AddFlags extends ReplicaFlags, Partial<ChangeOptions> {
  readonly copySettings: boolean;
  readonly wait: boolean;
}

const lazyRun: Run<AddReplicaOptions> = async (options, context) =>
  (await import('./add-replica-run.js')).runAddReplica(options, context);

/** `ddbx global add-replica`. */
export function addReplicaCommand(host: CommandHost, run: Run<AddReplicaOptions> = lazyRun): Command {
  const command = new Command('add-replica')
    .description('check, then add Regions one after the other, each followed to ACTIVE')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .argument('<regions...>', 'the Regions to add', collected(parseRegion));
  addReplicaOptions(command)
    .option(
      '--no-copy-settings',
      'leave recovery, tags, deletion protection and insights of the replicas as AWS makes them',
    )
    .option('--no-wait', 'do not wait until the replica is ACTIVE; later ones are then left for the next run')
    .action((table: TableRef, regions: readonly string[], flags: AddFlags, self: Command) =>
      host.run(self, async context =>
        run(
          {
            table,
            ...wantedReplicas(regions, flags),
            copySettings: flags.copySettings,
            wait: flags.wait,
            ...changeOptions(flags),
          },
          context,
        ),
      ),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      {
        command: 'ddbx global add-replica Orders eu-west-1 ap-southeast-2',
        does: 'run it again if it was interrupted',
      },
      { command: 'ddbx global add-replica Orders eu-west-1 --dry-run', does: 'the checks, the plan and the calls' },
      {
        command: 'ddbx global add-replica Orders us-east-2 --witness us-west-2 --consistency strong',
        does: 'a strongly consistent group',
      },
    ],
    iam: [
      ...preflightNeeds,
      { action: 'dynamodb:UpdateTable', resource: 'table' },
      ...TARGET_ACTIONS.map(
        action => ({ action: `dynamodb:${action}`, resource: 'table', everyRegion: true }) as const,
      ),
      { action: 'dynamodb:CreateGlobalTableWitness', resource: 'table', everyRegion: true, when: '--witness is given' },
      {
        action: 'iam:CreateServiceLinkedRole',
        resource: 'replication-role',
        when: 'it is the first replica of the account',
      },
      { action: 'kms:CreateGrant', resource: 'key', everyRegion: true, when: '--kms-key is given' },
      ...[...fixNeeds, ...fixChangeNeeds('')].map(need => ({
        ...need,
        when: 'settings are carried over (not with --no-copy-settings)',
      })),
    ],
    completes: 'table',
  });
}

/** What AWS asks of the caller for the table of the new Region (FACTS G). */
const TARGET_ACTIONS: readonly string[] = [
  'CreateTable',
  'CreateTableReplica',
  'Query',
  'Scan',
  'UpdateItem',
  'PutItem',
  'GetItem',
  'DeleteItem',
  'BatchWriteItem',
];
