import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseRegion } from '../region.js';
import { type CommandHost, collected, declareVerb, parsedBy } from '../verb.js';

/** Everything that `ddbx streams list` can be told. */
export interface ListOptions {
  readonly table: TableRef | undefined;
  /** Tables without a stream too, and streams that hold nothing any more. */
  readonly all: boolean;
  /** None: the configured Region, or all replicas of a table that is named. */
  readonly regions: readonly string[];
}

interface ListFlags {
  readonly table?: TableRef;
  readonly all?: boolean;
  readonly regions?: readonly string[];
}

const lazyRun: Run<ListOptions> = async (options, context) => (await import('./list-run.js')).runList(options, context);

/** `ddbx streams list`. */
export function listCommand(host: CommandHost, run: Run<ListOptions> = lazyRun): Command {
  const command = new Command('list')
    .description('show every stream: enabled ones, and older ones that can still be read')
    .addOption(
      new Option('--table <table>', 'the streams of one table, in all its replicas').argParser(parsedBy(parseTableRef)),
    )
    .option('--all', 'tables without a stream too, and streams that are empty by now')
    .addOption(new Option('--regions <regions>', 'look in these Regions').argParser(collected(parseRegion)))
    .action((flags: ListFlags, self: Command) =>
      host.run(self, context =>
        run({ table: flags.table, all: flags.all ?? false, regions: [...new Set(flags.regions ?? [])] }, context),
      ),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx streams list', does: 'the Region at a glance' },
      { command: 'ddbx streams list --table Orders', does: 'one table, in all its replicas' },
      { command: 'ddbx streams list --regions us-east-1,eu-west-1 --output json', does: 'for scripts' },
    ],
    iam: [
      { action: 'dynamodb:ListStreams' },
      { action: 'dynamodb:DescribeStream', resource: 'stream' },
      { action: 'dynamodb:GetShardIterator', resource: 'stream', when: 'a disabled stream is dated' },
      { action: 'dynamodb:GetRecords', resource: 'stream', when: 'a disabled stream is dated' },
      { action: 'dynamodb:DescribeTable', resource: 'table', when: '--table is given' },
      { action: 'dynamodb:ListTables', when: '--all is given, or near names are to be suggested' },
      { action: 'lambda:ListEventSourceMappings', when: 'consumers are to be named' },
      { action: 'pipes:ListPipes', when: 'consumers are to be named' },
    ],
  });
}
