import { type Command, Option } from 'commander';
import type { BookChoice } from '../../lib/cost/find-book.js';
import type { Discount, TypedPrice } from '../../lib/cost/rates.js';
import { parseDiscount, parseTypedPrice } from '../../lib/cost/typed-options.js';
import { parseRegion } from '../region.js';
import { collected, parsedBy } from '../verb.js';

/** Which prices an estimate uses. */
export interface PriceOptions {
  readonly book: BookChoice;
  readonly typed: readonly TypedPrice[];
  readonly discounts: readonly Discount[];
  readonly pricedAs: string | undefined;
  readonly includeTransfer: boolean;
  readonly freeTier: boolean;
}

/** The flags as commander leaves them. */
export interface PriceFlags {
  readonly prices: BookChoice;
  readonly price?: readonly TypedPrice[];
  readonly discount?: readonly Discount[];
  readonly pricedAs?: string;
  readonly includeTransfer?: boolean;
  readonly freeTier?: boolean;
}

/** Adds the flags that say which prices are used, and what of them. */
export function addPriceOptions(command: Command): void {
  command
    .optionsGroup('At which prices:')
    .addOption(
      new Option('--prices <book>', 'the newest that are there, those that ddbx came with, or those until 2024-10-31')
        .choices(['newest', 'bundled', '2019'])
        .default('newest'),
    )
    .addOption(
      new Option('--price <region:dimension=usd>', 'a price of yours, such as eu-west-3:storage=0.29').argParser(
        collected(parseTypedPrice),
      ),
    )
    .addOption(
      new Option('--discount <share[:dimension]>', 'what is taken off, such as 12% or 12%:rwru').argParser(
        collected(parseDiscount),
      ),
    )
    .addOption(
      new Option(
        '--priced-as <region>',
        'price every Region as this one, as articles do; said on every line',
      ).argParser(parsedBy(parseRegion)),
    )
    .option('--include-transfer', 'charge replication as transfer between Regions')
    .option('--free-tier', 'take the free allowances off');
}

/** The parsed form of what `addPriceOptions` added. */
export function priceOptions(flags: PriceFlags): PriceOptions {
  return {
    book: flags.prices,
    typed: flags.price ?? [],
    discounts: flags.discount ?? [],
    pricedAs: flags.pricedAs,
    includeTransfer: flags.includeTransfer ?? false,
    freeTier: flags.freeTier ?? false,
  };
}
