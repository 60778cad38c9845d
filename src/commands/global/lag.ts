import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { parseInterval } from './flags.js';
import { lookNeeds } from './needs.js';

/** Everything that `ddbx global lag` can be told. */
export interface LagCommandOptions {
  readonly table: TableRef;
  readonly windowMs: number;
  readonly periodMs: number;
  readonly failAboveMs: number | undefined;
  readonly watch: boolean;
  readonly intervalMs: number;
}

interface LagFlags {
  readonly window: number;
  readonly period: number;
  readonly failAbove?: number;
  readonly watch?: boolean;
  readonly interval: number;
}

const lazyRun: Run<LagCommandOptions> = async (options, context) =>
  (await import('./lag-run.js')).runLag(options, context);

const MINUTE_MS = 60_000;
const MOST_PERIODS = 1_440;

/** `ddbx global lag`. */
export function lagCommand(host: CommandHost, run: Run<LagCommandOptions> = lazyRun): Command {
  const command = new Command('lag')
    .description('show how late changes arrive, for each pair of Regions, from CloudWatch')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(
      new Option('--window <duration>', 'look back so far').argParser(parsedBy(parseDuration)).default(3_600_000, '1h'),
    )
    .addOption(
      new Option('--period <duration>', 'one value for each; whole minutes')
        .argParser(parsedBy(parseDuration))
        .default(MINUTE_MS, '1m'),
    )
    .addOption(
      new Option(
        '--fail-above <duration>',
        'exit 4 when a latest average is above this, or a pair has stalled',
      ).argParser(parsedBy(parseLimit)),
    )
    .option('-w, --watch', 'look again each interval, until Ctrl-C')
    .addOption(
      new Option('--interval <duration>', 'between two looks')
        .argParser(parsedBy(parseInterval))
        .default(MINUTE_MS, '1m'),
    )
    .action((table: TableRef, flags: LagFlags, self: Command) =>
      host.run(self, async context => run(lagOptions(table, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx global lag Orders', does: 'the last hour' },
      { command: 'ddbx global lag Orders --window 1d --period 15m', does: 'a day' },
      { command: 'ddbx global lag Orders --fail-above 3m', does: 'for an alarm: AWS advises 180 s' },
    ],
    iam: [...lookNeeds, { action: 'cloudwatch:GetMetricData' }],
    completes: 'table',
  });
}

/** A bare number is milliseconds, as CloudWatch counts the latency. */
function parseLimit(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : parseDuration(text);
}

/** Checks how the flags go together. @throws DdbxError `usage` */
function lagOptions(table: TableRef, flags: LagFlags): LagCommandOptions {
  const { window, period, failAbove, watch = false, interval } = flags;
  if (period < MINUTE_MS || period % MINUTE_MS !== 0) {
    throw usageError('--period takes whole minutes.', 'CloudWatch keeps one value a minute: 1m, 5m, 15m.');
  }
  if (window < period) throw usageError('--window is shorter than --period.', 'Such as --window 1h --period 5m.');
  if (window / period > MOST_PERIODS) {
    throw usageError(`--window has more than ${MOST_PERIODS} periods.`, 'Take a longer --period.');
  }
  if (watch && failAbove !== undefined) {
    throw usageError(
      '--watch and --fail-above contradict each other.',
      'A watch ends with Ctrl-C, not with a verdict.',
    );
  }
  return { table, windowMs: window, periodMs: period, failAboveMs: failAbove, watch, intervalMs: interval };
}
