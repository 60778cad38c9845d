import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import type { Pace } from '../../lib/streams/read-events.js';
import { addPaceOptions, type PaceFlags, paceOf } from '../streams/read-flags.js';
import { readNeeds } from '../streams/read-needs.js';
import { type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';

/** Everything that `ddbx filter measure` can be told. */
export interface MeasureCommandOptions {
  readonly patterns: readonly string[];
  readonly table: TableRef;
  readonly since: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly pace: Pace;
}

interface MeasureFlags extends PaceFlags {
  readonly table: TableRef;
  readonly since: string;
  readonly batchSize: number;
  readonly maximumBatchingWindow: number;
}

const lazyRun: Run<MeasureCommandOptions> = async (options, context) =>
  (await import('./measure-run.js')).runMeasure(options, context);

/** `ddbx filter measure`. */
export function measureCommand(host: CommandHost, run: Run<MeasureCommandOptions> = lazyRun): Command {
  const command = new Command('measure')
    .description('say how many of the records of a stream pass a filter, and what the consumer would not see')
    .argument('<pattern...>', 'filter patterns, of which one must let a record pass; or @file')
    .requiredOption('--table <table>', 'table name, table ARN or stream ARN', parsedBy(parseTableRef))
    .option('--since <instant>', 'look back so far', '1h')
    .optionsGroup('Batches:')
    .addOption(new Option('--batch-size <n>', 'records, at most').argParser(wholeNumber(1)).default(100))
    .addOption(
      new Option('--window, --maximum-batching-window <duration>', 'how long records are gathered for a batch')
        .argParser(parsedBy(parseDuration))
        .default(0, 'not at all'),
    );
  addPaceOptions(command).action((patterns: readonly string[], flags: MeasureFlags, self: Command) =>
    host.run(self, async context => run(measureOptions(patterns, flags), context)),
  );
  return declareVerb(command, {
    examples: [
      {
        command: `ddbx filter measure '{"eventName": ["INSERT"]}' --table Orders`,
        does: 'on the records of the last hour',
      },
      {
        command: 'ddbx filter measure @filters.json --table Orders --since 6h --batch-size 500 --window 5s',
        does: 'with the batches of a mapping',
      },
    ],
    iam: readNeeds,
    completes: 'file',
  });
}

/** The limits of a mapping (FACTS B.1). */
const LARGEST_BATCH = 10_000;
const LONGEST_WINDOW_MS = 300_000;

/** @throws DdbxError `usage` */
function measureOptions(patterns: readonly string[], flags: MeasureFlags): MeasureCommandOptions {
  if (flags.batchSize > LARGEST_BATCH) throw usageError('--batch-size takes at most 10000, as Lambda does.');
  if (flags.maximumBatchingWindow > LONGEST_WINDOW_MS) throw usageError('--window takes at most 5m, as Lambda does.');
  return {
    patterns,
    table: flags.table,
    since: flags.since,
    batchSize: flags.batchSize,
    windowMs: flags.maximumBatchingWindow,
    pace: paceOf(flags),
  };
}
