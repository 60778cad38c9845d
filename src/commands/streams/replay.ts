import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import type { Pace } from '../../lib/streams/read-events.js';
import type { EventName } from '../../lib/streams/stream-record.js';
import { addFilterOptions, type FilterChoice, filterChoice, type FilterFlags, filterNeeds } from '../filter-options.js';
import { changeOptions, type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { addPaceOptions, eventOption, type PaceFlags, paceOf } from './read-flags.js';
import { readNeeds } from './read-needs.js';
import { parseReplayTo, type ReplayTo } from './replay-to.js';

/** Everything that `ddbx streams replay` can be told. */
export interface ReplayCommandOptions extends ChangeOptions {
  /** A file, `-` for stdin, a table or an ARN; which of them is seen when it runs. */
  readonly source: string;
  readonly to: ReplayTo;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly retries: number;
  readonly bisect: boolean;
  readonly invokeTimeoutMs: number;
  readonly from: 'latest' | 'trim-horizon' | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly follow: boolean;
  readonly limit: number | undefined;
  readonly events: readonly EventName[];
  readonly filter: FilterChoice;
  readonly pace: Pace;
}

interface ReplayFlags extends PaceFlags, FilterFlags, Partial<ChangeOptions> {
  readonly to: ReplayTo;
  readonly batchSize: number;
  readonly window: number;
  readonly maximumRetryAttempts: number;
  readonly bisectBatchOnFunctionError?: boolean;
  readonly invokeTimeout: number;
  readonly from?: 'latest' | 'trim-horizon';
  readonly since?: string;
  readonly until?: string;
  readonly follow?: boolean;
  readonly limit?: number;
  readonly event?: readonly EventName[];
}

const lazyRun: Run<ReplayCommandOptions> = async (options, context) =>
  (await import('./replay-run.js')).runReplay(options, context);

/** `ddbx streams replay`. */
export function replayCommand(host: CommandHost, run: Run<ReplayCommandOptions> = lazyRun): Command {
  const duration = parsedBy(parseDuration);
  const command = new Command('replay')
    .description('feed recorded or live records to a consumer in batches, as Lambda would')
    .argument('<source>', 'a recorded file, - for stdin, or a table name or ARN')
    .addOption(
      new Option('--to <consumer>', 'lambda:<function>, module:<file>[#<export>] or http://localhost...')
        .argParser(parsedBy(parseReplayTo))
        .makeOptionMandatory(),
    )
    .optionsGroup('Batches:')
    .addOption(new Option('--batch-size <n>', 'records, at most').argParser(wholeNumber(1)).default(100))
    .addOption(
      new Option('--window <duration>', 'how long to gather live records for a batch')
        .argParser(duration)
        .default(0, 'as they are read'),
    )
    .addOption(
      new Option('--retries, --maximum-retry-attempts <n>', 'how often a failed batch is sent again')
        .argParser(wholeNumber(0))
        .default(0),
    )
    .option(
      '--bisect, --bisect-batch-on-function-error',
      'halve a failed batch until the record that fails stands alone',
    )
    .addOption(
      new Option('--invoke-timeout <duration>', 'how long one batch may take')
        .argParser(duration)
        .default(30_000, '30s'),
    )
    .optionsGroup('Which records:')
    .addOption(
      new Option('--from <position>', 'of a table: trim-horizon, or latest with --follow').choices([
        'latest',
        'trim-horizon',
      ]),
    )
    .option('--since <instant>', 'records from then on: 15m, "2h ago" or an ISO 8601 instant')
    .option('--until <instant>', 'records before this instant')
    .option('-f, --follow', 'of a table: go on with new records')
    .addOption(new Option('--limit <n>', 'send n records at most').argParser(wholeNumber(1)))
    .addOption(eventOption());
  addPaceOptions(addFilterOptions(command)).action((source: string, flags: ReplayFlags, self: Command) =>
    host.run(self, async context => run(replayOptions(source, flags), context)),
  );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx streams replay orders.ndjson --to module:handler.mjs', does: 'try a handler on a recording' },
      { command: 'ddbx streams replay Orders --to lambda:order-events --since 1h', does: 'the last hour once more' },
      {
        command: 'ddbx streams replay Orders --follow --to http://localhost:9000/ --window 2s',
        does: 'develop against live records',
      },
      {
        command: 'ddbx streams replay orders.ndjson --to module:handler.mjs --bisect --retries 1',
        does: 'find the poison record',
      },
    ],
    iam: [
      ...readNeeds.map(need => ({ ...need, when: need.when ?? 'a table is replayed, not a file' })),
      ...filterNeeds,
      { action: 'lambda:InvokeFunction', resource: 'function', when: 'records go to lambda:<function>' },
    ],
    changes: true,
    completes: 'file',
  });
}

const LARGEST_BATCH = 10_000;
const LONGEST_WINDOW_MS = 300_000;

/** Checks how the flags go together, before anything is asked of anybody. @throws DdbxError `usage` */
function replayOptions(source: string, flags: ReplayFlags): ReplayCommandOptions {
  // The limits of a mapping (FACTS B.1): a handler is not to be tried on what Lambda would never send.
  if (flags.batchSize > LARGEST_BATCH) throw usageError('--batch-size takes at most 10000, as Lambda does.');
  if (flags.window > LONGEST_WINDOW_MS) throw usageError('--window takes at most 5m, as Lambda does.');
  if (flags.invokeTimeout === 0) throw usageError('--invoke-timeout takes more than no time.', 'Such as 30s.');
  if (flags.from !== undefined && flags.since !== undefined) {
    throw usageError('--from and --since both say where to begin.', 'Leave one of them out.');
  }
  const follow = flags.follow ?? false;
  if (flags.from === 'latest' && !follow) {
    throw usageError('--from latest has nothing to send without --follow.', 'Add --follow, or leave --from out.');
  }
  return {
    ...changeOptions(flags),
    source,
    to: flags.to,
    batchSize: flags.batchSize,
    windowMs: flags.window,
    retries: flags.maximumRetryAttempts,
    bisect: flags.bisectBatchOnFunctionError ?? false,
    invokeTimeoutMs: flags.invokeTimeout,
    from: flags.from,
    since: flags.since,
    until: flags.until,
    follow,
    limit: flags.limit,
    events: flags.event ?? [],
    filter: filterChoice(flags),
    pace: paceOf(flags),
  };
}
