import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds } from './needs.js';

/** Everything that `ddbx esm repoint` can be told. */
export interface RepointOptions extends ChangeOptions {
  readonly mapping: MappingRef;
  /** Do not wait until the old stream is read. */
  readonly now: boolean;
  readonly quietMs: number;
}

interface RepointFlags extends Partial<ChangeOptions> {
  readonly now?: boolean;
  readonly quietFor: number;
}

/** What nothing must have been read for, where nobody says otherwise. */
export const DEFAULT_QUIET_MS = 180_000;
const SHORTEST_QUIET_MS = 60_000;

const lazyRun: Run<RepointOptions> = async (options, context) =>
  (await import('./repoint-run.js')).runRepoint(options, context);

/** `ddbx esm repoint`. */
export function repointCommand(host: CommandHost, run: Run<RepointOptions> = lazyRun): Command {
  const command = new Command('repoint')
    .description("move a mapping to its table's present stream, with the same settings")
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .option('--now', 'do not wait until the old stream is read to its end: what is left of it is skipped')
    .addOption(
      new Option('--quiet-for <duration>', 'the old stream counts as read when nothing was read of it for so long')
        .argParser(parsedBy(parseQuiet))
        .default(DEFAULT_QUIET_MS, '3m'),
    )
    .action((mapping: MappingRef, flags: RepointFlags, self: Command) =>
      host.run(self, context =>
        run({ mapping, now: flags.now ?? false, quietMs: flags.quietFor, ...changeOptions(flags) }, context),
      ),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx esm repoint Orders:orders-indexer', does: 'after a change of view type; run it again to go on' },
      { command: 'ddbx esm repoint Orders:orders-indexer --dry-run', does: 'what would be done' },
      { command: 'ddbx esm repoint Orders:orders-indexer --now --yes', does: 'skip what is left of the old stream' },
    ],
    iam: [
      ...findNeeds,
      { action: 'dynamodb:DescribeTable', resource: 'table' },
      { action: 'lambda:ListEventSourceMappings' },
      { action: 'dynamodb:DescribeStream', resource: 'stream', when: 'the old stream is waited for' },
      { action: 'cloudwatch:GetMetricData', when: 'the old stream is waited for' },
      { action: 'lambda:ListTags', resource: 'mapping' },
      { action: 'lambda:CreateEventSourceMapping' },
      { action: 'lambda:TagResource', resource: 'mapping', when: 'the mapping has tags' },
      { action: 'lambda:DeleteEventSourceMapping', resource: 'mapping' },
    ],
  });
}

function parseQuiet(text: string): number {
  const ms = parseDuration(text);
  if (ms >= SHORTEST_QUIET_MS) return ms;
  throw usageError(`CloudWatch counts by the minute, so less than a minute of silence says nothing; not ${text}.`);
}
