import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds } from './needs.js';

/** Everything that `ddbx esm advise` can be told. */
export interface AdviseOptions {
  readonly mapping: MappingRef;
  readonly sinceMs: number;
}

interface AdviseFlags {
  readonly since: number;
}

const MINUTE_MS = 60_000;
const LONGEST_MS = 86_400_000;
const DEFAULT_MS = 900_000;

const lazyRun: Run<AdviseOptions> = async (options, context) =>
  (await import('./advise-run.js')).runAdvise(options, context);

/** `ddbx esm advise`. */
export function adviseCommand(host: CommandHost, run: Run<AdviseOptions> = lazyRun): Command {
  const command = new Command('advise')
    .description('say what limits a mapping: parallelization, batch size, concurrency or the function')
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .addOption(
      new Option('--since <duration>', 'how far back to measure')
        .argParser(parsedBy(parseSpan))
        .default(DEFAULT_MS, '15m'),
    )
    .action((mapping: MappingRef, { since }: AdviseFlags, self: Command) =>
      host.run(self, context => run({ mapping, sinceMs: since }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx esm advise Orders:orders-indexer', does: 'from the last quarter of an hour' },
      { command: 'ddbx esm advise Orders:orders-indexer --since 3h', does: 'over the evening' },
    ],
    iam: [
      ...findNeeds,
      { action: 'lambda:GetFunction', resource: 'function' },
      { action: 'dynamodb:DescribeStream', resource: 'stream' },
      { action: 'cloudwatch:GetMetricData' },
    ],
  });
}

function parseSpan(text: string): number {
  const ms = parseDuration(text);
  if (ms >= MINUTE_MS && ms <= LONGEST_MS) return ms;
  throw usageError(`--since takes one minute to one day, not ${text}.`);
}
