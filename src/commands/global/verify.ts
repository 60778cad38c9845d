import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { parseRegion } from '../region.js';
import { type CommandHost, collected, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { refuseTwice } from './flags.js';
import { lookNeeds } from './needs.js';

/** Everything that `ddbx global verify` can be told. */
export interface VerifyCommandOptions {
  readonly table: TableRef;
  /** None: all Regions of the table. */
  readonly regions: readonly string[];
  /** Undefined: by the table's size. */
  readonly segments: number | undefined;
  readonly parallel: number;
  readonly maxUnitsPerSecond: number | undefined;
  readonly settleMs: number;
  readonly checkpoint: string | undefined;
}

interface VerifyFlags {
  readonly regions?: readonly string[];
  readonly segments?: number;
  readonly parallel: number;
  readonly maxRcu?: number;
  readonly settle: number;
  readonly checkpoint?: string;
}

const lazyRun: Run<VerifyCommandOptions> = async (options, context) =>
  (await import('./verify-run.js')).runVerify(options, context);

const MOST_SEGMENTS = 100_000;

/** `ddbx global verify`. */
export function verifyCommand(host: CommandHost, run: Run<VerifyCommandOptions> = lazyRun): Command {
  const command = new Command('verify')
    .description('compare the items of all Regions, and name the keys that differ')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(new Option('--regions <regions>', 'only these of its Regions').argParser(collected(parseRegion)))
    .addOption(new Option('--max-rcu <n>', 'read units a second, in each Region').argParser(wholeNumber(1)))
    .addOption(new Option('--segments <n>', 'parts that each Region is read in (by size)').argParser(wholeNumber(1)))
    .addOption(
      new Option('--parallel <n>', 'parts of a Region that are read at once').argParser(wholeNumber(1)).default(4),
    )
    .addOption(
      new Option('--settle <duration>', 'how long replication is given before what differs is read again')
        .argParser(parsedBy(parseDuration))
        .default(5_000, '5s'),
    )
    .option('--checkpoint <file>', 'keep what has been read in this file, and go on from it')
    .action((table: TableRef, flags: VerifyFlags, self: Command) =>
      host.run(self, async context => run(verifyOptions(table, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx global verify Orders --max-rcu 200', does: 'exit 4 when an item differs' },
      { command: 'ddbx global verify Orders --checkpoint verify.json', does: 'can be stopped and run again' },
      {
        command: 'ddbx global verify Orders --regions us-east-1,eu-west-1 --output ndjson',
        does: 'one line a key that differs',
      },
    ],
    iam: [
      ...lookNeeds,
      { action: 'dynamodb:Scan', resource: 'table', everyRegion: true },
      { action: 'dynamodb:GetItem', resource: 'table', everyRegion: true, when: 'keys differ at first' },
    ],
    completes: 'table',
  });
}

/** @throws DdbxError `usage` */
function verifyOptions(table: TableRef, flags: VerifyFlags): VerifyCommandOptions {
  const { regions = [], segments, parallel, maxRcu, settle, checkpoint } = flags;
  refuseTwice(regions);
  if (regions.length === 1)
    throw usageError('--regions names one Region, and there is nothing to compare it with.', 'Name two or more.');
  if (segments !== undefined && segments > MOST_SEGMENTS)
    throw usageError(`--segments takes at most ${MOST_SEGMENTS}.`);
  return { table, regions, segments, parallel, maxUnitsPerSecond: maxRcu, settleMs: settle, checkpoint };
}
