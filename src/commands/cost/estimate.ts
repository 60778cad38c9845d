import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import type { WorkloadTexts } from '../../lib/cost/fields.js';
import { parseUsd } from '../../lib/cost/quantities.js';
import type { Change } from '../../lib/cost/scenario.js';
import type { SweepRange } from '../../lib/cost/sweep.js';
import { parseChange, parseSweep } from '../../lib/cost/typed-options.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import type { Exact } from '../../lib/model/exact.js';
import { type CommandHost, collected, declareVerb, parsedBy } from '../verb.js';
import { measureNeeds } from './measure-needs.js';
import { addPriceOptions, type PriceFlags, type PriceOptions, priceOptions } from './price-options.js';
import { addWorkloadOptions, typedTexts } from './workload-options.js';

/** Everything that `ddbx cost estimate` can be told. */
export interface EstimateCommandOptions extends PriceOptions {
  readonly texts: WorkloadTexts;
  readonly workloadFile: string | undefined;
  /** Measured instead of described. */
  readonly table: TableRef | undefined;
  readonly periodMs: number;
  readonly changes: readonly Change[];
  readonly sweep: SweepRange | undefined;
  readonly failAboveUsd: Exact | undefined;
}

interface EstimateFlags extends PriceFlags {
  readonly workload?: string;
  readonly table?: TableRef;
  readonly period: number;
  readonly whatIf?: readonly Change[];
  readonly sweep?: SweepRange;
  readonly failAbove?: Exact;
}

const DEFAULT_PERIOD_MS = 14 * 86_400_000;
const MOST_PERIOD_MS = 455 * 86_400_000;

const lazyRun: Run<EstimateCommandOptions> = async (options, context) =>
  (await import('./estimate-run.js')).runEstimate(options, context);

/** `ddbx cost estimate`. */
export function estimateCommand(host: CommandHost, run: Run<EstimateCommandOptions> = lazyRun): Command {
  const command = new Command('estimate').description('say what a table costs a month, line by line');
  addWorkloadOptions(command);
  command
    .optionsGroup('Or from somewhere else:')
    .option('--workload <file>', 'a YAML or JSON file with these fields; flags come before it')
    .addOption(
      new Option('--table <table>', 'a table that is there, by what CloudWatch counted').argParser(
        parsedBy(parseTableRef),
      ),
    )
    .addOption(
      new Option('--period <duration>', 'how far back to measure')
        .argParser(parsedBy(parsePeriod))
        .default(DEFAULT_PERIOD_MS, '14d'),
    );
  addPriceOptions(command);
  command
    .optionsGroup('Questions:')
    .addOption(
      new Option(
        '--what-if <change>',
        'beside it the same with something changed: add-replica=<region>, remove-replica=<region>, consistency=strong[:<witness>], capacity=provisioned:60%, table-class=standard-ia, item-size=2KB, writes=<rate>; repeat it',
      ).argParser(collected(parseChange)),
    )
    .addOption(
      new Option('--sweep <range>', 'draw the cost over a range, such as writes=1M..1B/day').argParser(
        parsedBy(parseSweep),
      ),
    )
    .addOption(new Option('--fail-above <usd>', 'exit 4 when a month costs more').argParser(parsedBy(parseUsd)))
    .action((flags: EstimateFlags, self: Command) =>
      host.run(self, async context => run(estimateOptions(flags, typedTexts(self.opts())), context)),
    );
  return declareVerb(command, {
    examples: [
      {
        command: 'ddbx cost estimate --region us-east-1 --replica eu-west-1 --writes 100M/day --item-size 1.5KB',
        does: 'a global table',
      },
      {
        command: 'ddbx cost estimate --workload orders.yaml --what-if add-replica=ap-northeast-1',
        does: 'one Region more',
      },
      { command: 'ddbx cost estimate --table Orders --period 30d', does: 'what is there, as CloudWatch counted it' },
      {
        command: 'ddbx cost estimate --workload orders.yaml --sweep writes=1M..1B/day',
        does: 'on-demand against provisioned',
      },
      { command: 'ddbx cost estimate --workload orders.yaml --fail-above 2500', does: 'in CI' },
    ],
    iam: measureNeeds,
    formats: ['markdown', 'csv'],
  });
}

function parsePeriod(text: string): number {
  const ms = parseDuration(text);
  if (ms < 3_600_000 || ms > MOST_PERIOD_MS) {
    throw usageError(
      `"${text}" is no period to measure.`,
      'Take one from 1h to 455d: so long CloudWatch keeps what it summed by the hour.',
    );
  }
  return ms;
}

/** @throws DdbxError `usage` for flags that contradict each other */
function estimateOptions(flags: EstimateFlags, texts: WorkloadTexts): EstimateCommandOptions {
  if (flags.table !== undefined && (flags.workload !== undefined || texts.size > 0)) {
    throw usageError(
      `--table measures; ${flags.workload === undefined ? `--${[...texts.keys()][0] ?? ''}` : '--workload'} describes.`,
      'Take one or the other; --what-if changes what was measured.',
    );
  }
  if (flags.table !== undefined && asksForItemSize(flags)) {
    throw usageError(
      'The size of items cannot be changed in what is measured: CloudWatch counts units, not items.',
      'Describe the table with --writes and --item-size instead of --table.',
    );
  }
  if (flags.sweep !== undefined && flags.whatIf !== undefined) {
    throw usageError('--sweep and --what-if are two questions.', 'Ask one at a time.');
  }
  if (flags.sweep !== undefined && flags.failAbove !== undefined) {
    throw usageError('--fail-above asks about one sum, and --sweep has many.', 'Ask one at a time.');
  }
  if (flags.table === undefined && flags.workload === undefined && texts.size === 0 && flags.sweep === undefined) {
    throw usageError(
      'There is nothing to estimate.',
      'Describe the table (--writes 100M/day --storage 250GB), or name a --workload file or a --table.',
    );
  }
  return {
    ...priceOptions(flags),
    texts,
    workloadFile: flags.workload,
    table: flags.table,
    periodMs: flags.period,
    changes: flags.whatIf ?? [],
    sweep: flags.sweep,
    failAboveUsd: flags.failAbove,
  };
}

function asksForItemSize({ whatIf = [], sweep }: EstimateFlags): boolean {
  return sweep?.of === 'item-size' || whatIf.some(({ kind }) => kind === 'item-size');
}
