import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import type { BookChoice } from '../../lib/cost/find-book.js';
import { parseRegion } from '../region.js';
import { type CommandHost, changeOptions, collected, declareVerb } from '../verb.js';

/** Everything that `ddbx cost prices show` can be told; the Region is the global one. */
export interface PricesShowOptions {
  readonly book: BookChoice;
}

/** Everything that `ddbx cost prices update` can be told. */
export interface PricesUpdateOptions extends ChangeOptions {
  readonly from: string | undefined;
  readonly regions: readonly string[];
}

/** The verbs' operations; tests put their own in place. */
export interface PricesRuns {
  readonly show: Run<PricesShowOptions>;
  readonly update: Run<PricesUpdateOptions>;
}

const lazyRuns: PricesRuns = {
  show: async (options, context) => (await import('./prices-show-run.js')).runPricesShow(options, context),
  update: async (options, context) => (await import('./prices-update-run.js')).runPricesUpdate(options, context),
};

interface UpdateFlags extends Partial<ChangeOptions> {
  readonly from?: string;
  readonly regions?: readonly string[];
}

/** `ddbx cost prices`, with its two verbs. */
export function pricesCommand(host: CommandHost, runs: PricesRuns = lazyRuns): Command {
  const prices = new Command('prices').description('the prices that estimates use');
  const show = new Command('show')
    .description('show the prices of a Region, or what is known of each Region')
    .addOption(
      new Option('--prices <book>', 'the newest that are there, those that ddbx came with, or those until 2024-10-31')
        .choices(['newest', 'bundled', '2019'])
        .default('newest'),
    )
    .action((flags: { readonly prices: BookChoice }, self: Command) =>
      host.run(self, context => runs.show({ book: flags.prices }, context)),
    );
  const update = new Command('update')
    .description("download AWS's price list, which needs no credentials, and keep it")
    .option('--from <file|folder|url>', 'the same files from somewhere else')
    .addOption(
      new Option('--regions <regions>', 'of these Regions only; all, when left out').argParser(collected(parseRegion)),
    )
    .action((flags: UpdateFlags, self: Command) =>
      host.run(self, context =>
        runs.update({ from: flags.from, regions: flags.regions ?? [], ...changeOptions(flags) }, context),
      ),
    );
  declareVerb(show, {
    examples: [
      { command: 'ddbx cost prices show --region eu-west-1', does: 'each price, and where it is from' },
      { command: 'ddbx cost prices show', does: 'what is known of each Region' },
    ],
    iam: [],
  });
  declareVerb(update, {
    changes: true,
    examples: [
      { command: 'ddbx cost prices update', does: 'all Regions, about 2 MB' },
      { command: 'ddbx cost prices update --regions us-east-1,eu-west-1', does: 'two of them' },
      { command: 'ddbx cost prices update --from ./pricelists --dry-run', does: 'what files of your own would change' },
    ],
    iam: [],
  });
  for (const verb of [show, update]) prices.addCommand(verb);
  return prices;
}
