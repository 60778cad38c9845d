import { Command } from 'commander';
import type { Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds } from './needs.js';

/** Everything that `ddbx esm blocked` can be told. */
export interface BlockedOptions {
  readonly mapping: MappingRef;
}

const lazyRun: Run<BlockedOptions> = async (options, context) =>
  (await import('./blocked-run.js')).runBlocked(options, context);

/** `ddbx esm blocked`. */
export function blockedCommand(host: CommandHost, run: Run<BlockedOptions> = lazyRun): Command {
  const command = new Command('blocked')
    .description('find the shard and the record at which a mapping stands')
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .action((mapping: MappingRef, _flags: unknown, self: Command) =>
      host.run(self, context => run({ mapping }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx esm blocked Orders:orders-indexer', does: 'by the iterator age, with the record itself' },
      { command: 'ddbx esm blocked Orders:orders-indexer --output json', does: 'sequence numbers for a script' },
    ],
    iam: [
      ...findNeeds,
      { action: 'cloudwatch:GetMetricData' },
      { action: 'dynamodb:DescribeStream', resource: 'stream' },
      { action: 'dynamodb:GetShardIterator', resource: 'stream' },
      { action: 'dynamodb:GetRecords', resource: 'stream' },
    ],
  });
}
