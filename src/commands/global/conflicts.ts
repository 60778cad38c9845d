import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import type { Pace } from '../../lib/streams/read-events.js';
import { addPaceOptions, type PaceFlags, paceOf } from '../streams/read-flags.js';
import { readNeeds } from '../streams/read-needs.js';
import { type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { lookNeeds } from './needs.js';

/** Everything that `ddbx global conflicts` can be told. */
export interface ConflictsCommandOptions {
  readonly table: TableRef;
  readonly windowMs: number;
  /** Undefined: from now on. */
  readonly since: string | undefined;
  readonly follow: boolean;
  readonly regionAttribute: string | undefined;
  readonly top: number;
  readonly pace: Pace;
}

interface ConflictsFlags extends PaceFlags {
  readonly window: number;
  readonly since?: string;
  readonly follow: boolean;
  readonly regionAttribute?: string;
  readonly top: number;
}

const lazyRun: Run<ConflictsCommandOptions> = async (options, context) =>
  (await import('./conflicts-run.js')).runConflicts(options, context);

/** `ddbx global conflicts`. */
export function conflictsCommand(host: CommandHost, run: Run<ConflictsCommandOptions> = lazyRun): Command {
  const command = new Command('conflicts')
    .description('find items that two Regions changed at the same time: who won, and what was lost')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(
      new Option('--window <duration>', 'changes this far apart at most; longer after a Region was cut off')
        .argParser(parsedBy(parseDuration))
        .default(2_000, '2s'),
    )
    .option('--since <instant>', 'look back so far (without --follow: the whole stream)')
    .option('--no-follow', 'stop at the end as it is now; exit 4 when there were conflicts')
    .option('--region-attribute <name>', 'an attribute in which your application writes the Region of each write')
    .addOption(
      new Option('--top <n>', 'how many of the keys with the most conflicts').argParser(wholeNumber(1)).default(10),
    );
  addPaceOptions(command).action((table: TableRef, flags: ConflictsFlags, self: Command) =>
    host.run(self, async context =>
      run(
        {
          table,
          windowMs: flags.window,
          since: flags.since,
          follow: flags.follow,
          regionAttribute: flags.regionAttribute,
          top: flags.top,
          pace: paceOf(flags),
        },
        context,
      ),
    ),
  );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx global conflicts Orders', does: 'from now on, until Ctrl-C' },
      {
        command: 'ddbx global conflicts Orders --since 1h --no-follow',
        does: 'the last hour; exit 4 when there were any',
      },
      {
        command: 'ddbx global conflicts Orders --window 20m --since 6h --no-follow',
        does: 'after a Region was cut off',
      },
    ],
    iam: [
      ...lookNeeds,
      ...readNeeds.filter(need => need.resource === 'stream').map(need => ({ ...need, everyRegion: true })),
    ],
    completes: 'table',
  });
}
