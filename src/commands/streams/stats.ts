import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import type { Pace } from '../../lib/streams/read-events.js';
import { addFilterOptions, type FilterChoice, filterChoice, type FilterFlags, filterNeeds } from '../filter-options.js';
import { type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { addPaceOptions, type PaceFlags, paceOf } from './read-flags.js';
import { readNeeds } from './read-needs.js';

/** Everything that `ddbx streams stats` can be told. */
export interface StatsCommandOptions {
  readonly table: TableRef;
  /** Undefined with `follow`: from now on. */
  readonly since: string | undefined;
  readonly follow: boolean;
  readonly top: number;
  readonly intervalMs: number;
  readonly filter: FilterChoice;
  readonly pace: Pace;
}

interface StatsFlags extends PaceFlags, FilterFlags {
  readonly since?: string;
  readonly follow?: boolean;
  readonly top: number;
  readonly interval: number;
}

const lazyRun: Run<StatsCommandOptions> = async (options, context) =>
  (await import('./stats-run.js')).runStats(options, context);

/** `ddbx streams stats`. */
export function statsCommand(host: CommandHost, run: Run<StatsCommandOptions> = lazyRun): Command {
  const command = new Command('stats')
    .description('measure a stream: rates, sizes, hottest keys, lag, deletes by TTL')
    .argument('<table>', 'table name, table ARN or stream ARN', parsedBy(parseTableRef))
    .option('--since <instant>', 'look back so far (10m, unless --follow)')
    .option('-f, --follow', 'go on measuring, with a snapshot each interval, until Ctrl-C')
    .addOption(new Option('--top <n>', 'how many of the hottest keys').argParser(wholeNumber(1)).default(10))
    .addOption(
      new Option('--interval <duration>', 'between two snapshots')
        .argParser(parsedBy(parseDuration))
        .default(5_000, '5s'),
    );
  addFilterOptions(command.optionsGroup('Which records:'));
  addPaceOptions(command).action((table: TableRef, flags: StatsFlags, self: Command) =>
    host.run(self, async context => run(statsOptions(table, flags), context)),
  );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx streams stats Orders', does: 'the last ten minutes' },
      { command: 'ddbx streams stats Orders --since 2h --top 20', does: 'the hottest keys of two hours' },
      { command: 'ddbx streams stats Orders --follow', does: 'live' },
    ],
    iam: [...readNeeds, ...filterNeeds],
    completes: 'table',
  });
}

const DEFAULT_SINCE = '10m';
/** The hottest keys are found among so many. */
const MOST_KEYS = 1_000;

/** Checks how the flags go together, before anything is asked of AWS. @throws DdbxError `usage` */
function statsOptions(table: TableRef, flags: StatsFlags): StatsCommandOptions {
  if (flags.top > MOST_KEYS) throw usageError(`--top takes at most ${MOST_KEYS}.`);
  if (flags.interval === 0) throw usageError('--interval takes more than no time.', 'Such as 5s.');
  const follow = flags.follow ?? false;
  return {
    table,
    since: flags.since ?? (follow ? undefined : DEFAULT_SINCE),
    follow,
    top: flags.top,
    intervalMs: flags.interval,
    filter: filterChoice(flags),
    pace: paceOf(flags),
  };
}
