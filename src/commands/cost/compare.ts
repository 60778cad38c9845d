import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseUsd } from '../../lib/cost/quantities.js';
import type { Exact } from '../../lib/model/exact.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { addPriceOptions, type PriceFlags, type PriceOptions, priceOptions } from './price-options.js';

/** Everything that `ddbx cost compare` can be told. */
export interface CompareOptions extends PriceOptions {
  readonly before: string;
  readonly after: string;
  readonly failAboveUsd: Exact | undefined;
}

interface CompareFlags extends PriceFlags {
  readonly failAbove?: Exact;
}

const lazyRun: Run<CompareOptions> = async (options, context) =>
  (await import('./compare-run.js')).runCompare(options, context);

/** `ddbx cost compare`. */
export function compareCommand(host: CommandHost, run: Run<CompareOptions> = lazyRun): Command {
  const command = new Command('compare')
    .description('put the estimates of two workload files beside each other')
    .argument('<before>', 'a workload file')
    .argument('<after>', 'another one');
  addPriceOptions(command);
  command
    .optionsGroup('Questions:')
    .addOption(
      new Option('--fail-above <usd>', 'exit 4 when the second costs more a month').argParser(parsedBy(parseUsd)),
    )
    .action((before: string, after: string, flags: CompareFlags, self: Command) =>
      host.run(self, async context =>
        run({ before, after, failAboveUsd: flags.failAbove, ...priceOptions(flags) }, context),
      ),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx cost compare today.yaml tomorrow.yaml', does: 'what changes, line by line' },
      { command: 'ddbx cost compare today.yaml tomorrow.yaml --output markdown', does: 'for a pull request' },
    ],
    iam: [],
    completes: 'file',
    formats: ['markdown', 'csv'],
  });
}
