import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { lookNeeds } from './needs.js';

/** Everything that `ddbx global probe` can be told. */
export interface ProbeCommandOptions {
  readonly table: TableRef;
  readonly count: number;
  readonly patienceMs: number;
  readonly yes: boolean;
}

interface ProbeFlags {
  readonly count: number;
  readonly patience: number;
  readonly yes?: boolean;
}

const lazyRun: Run<ProbeCommandOptions> = async (options, context) =>
  (await import('./probe-run.js')).runProbe(options, context);

const MOST_ROUNDS = 1_000;

/** `ddbx global probe`. */
export function probeCommand(host: CommandHost, run: Run<ProbeCommandOptions> = lazyRun): Command {
  const command = new Command('probe')
    .description('write a canary in each Region and time its arrival in every other')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(new Option('--count <n>', 'canaries of each Region').argParser(wholeNumber(1)).default(10))
    .addOption(
      new Option('--patience <duration>', 'a canary that takes longer is lost')
        .argParser(parsedBy(parseDuration))
        .default(30_000, '30s'),
    )
    .option('-y, --yes', 'write into the table without asking')
    .action((table: TableRef, flags: ProbeFlags, self: Command) =>
      host.run(self, async context => run(probeOptions(table, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx global probe Orders', does: 'asks before it writes' },
      { command: 'ddbx global probe Orders --count 100 --yes --output json', does: 'for a report' },
    ],
    iam: [
      ...lookNeeds,
      { action: 'dynamodb:DescribeTimeToLive', resource: 'table' },
      { action: 'dynamodb:PutItem', resource: 'table', everyRegion: true },
      { action: 'dynamodb:GetItem', resource: 'table', everyRegion: true },
      { action: 'dynamodb:DeleteItem', resource: 'table', everyRegion: true },
    ],
    completes: 'table',
  });
}

/** @throws DdbxError `usage` */
function probeOptions(table: TableRef, { count, patience, yes = false }: ProbeFlags): ProbeCommandOptions {
  if (count > MOST_ROUNDS) throw usageError(`--count takes at most ${MOST_ROUNDS}.`);
  if (patience === 0) throw usageError('--patience takes more than no time.', 'Such as 30s.');
  return { table, count, patienceMs: patience, yes };
}
