import { Command } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';

/** Everything that `ddbx streams describe` can be told. */
export interface DescribeOptions {
  readonly table: TableRef;
  /** Whether to read the oldest record of each shard: one GetRecords request each, which AWS charges (FACTS A.5). */
  readonly peek: boolean;
}

interface DescribeFlags {
  readonly peek: boolean;
}

const lazyRun: Run<DescribeOptions> = async (options, context) =>
  (await import('./describe-run.js')).runDescribe(options, context);

/** `ddbx streams describe`. */
export function describeCommand(host: CommandHost, run: Run<DescribeOptions> = lazyRun): Command {
  const command = new Command('describe')
    .description('show the shards of a stream as a tree of lineage, and how old their records are')
    .argument('<table>', 'table name, table ARN or stream ARN', parsedBy(parseTableRef))
    .option('--no-peek', 'do not read the oldest record of each shard (one GetRecords request each)')
    .action((table: TableRef, flags: DescribeFlags, self: Command) =>
      host.run(self, context => run({ table, peek: flags.peek }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx streams describe Orders', does: 'shards, lineage, hours left' },
      { command: 'ddbx streams describe Orders --no-peek --output json', does: 'only what costs nothing' },
    ],
    iam: [
      { action: 'dynamodb:DescribeTable', resource: 'table', when: 'a table is named, not a stream ARN' },
      { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
      { action: 'dynamodb:DescribeStream', resource: 'stream' },
      { action: 'dynamodb:GetShardIterator', resource: 'stream', when: 'unless --no-peek is given' },
      { action: 'dynamodb:GetRecords', resource: 'stream', when: 'unless --no-peek is given' },
    ],
    completes: 'table',
  });
}
