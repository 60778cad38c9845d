import { type Exact, exact } from '../model/exact.js';
import { consumerUsage } from './consumer-usage.js';
import type { Dimension } from './dimensions.js';
import { type FreeAllowances, freeAllowances, noAllowances } from './free-allowance.js';
import { costOf, type Rate, type Rates } from './rates.js';
import { tableUsage } from './table-usage.js';
import { pairPrice, transferUsage } from './transfer-usage.js';
import { addRanges, mapRange, nothing, type Range, type Usage } from './usage.js';
import type { Workload } from './workload.js';

const MONTHS = 12;

/** A line of an estimate: what is paid for, at which price, and what that costs in USD. */
export interface EstimateLine extends Usage {
  /** The quantity without what is free. */
  readonly billed: Range;
  /** Undefined: the price is not known. */
  readonly rate: Rate | undefined;
  readonly cost: Range | undefined;
}

/** A sum of costs in USD; `atLeast` when a line of it has no price. */
export interface Total {
  readonly usd: Range;
  readonly atLeast: boolean;
}

/** An itemised answer. */
export interface Estimate {
  readonly workload: Workload;
  readonly lines: readonly EstimateLine[];
  readonly perRegion: ReadonlyMap<string, Total>;
  readonly monthly: Total;
  readonly yearly: Total;
  /** What is paid once. */
  readonly once: Total;
  /** The prices that are missing, each once. */
  readonly unknown: readonly { readonly region: string; readonly dimension: Dimension }[];
}

/** What goes into the estimate besides the workload. */
export interface EstimateOptions {
  readonly includeTransfer: boolean;
  readonly freeTier: boolean;
}

/** Prices a workload. A price that is not known is left unknown: its line has no cost, and the totals say "at least". */
export function estimate(workload: Workload, rates: Rates, options: EstimateOptions): Estimate {
  const free = options.freeTier ? freeAllowances() : noAllowances;
  const around = [...consumerUsage(workload), ...(options.includeTransfer ? transferUsage(workload) : [])];
  const usage = workload.regions.flatMap(load => [
    ...tableUsage(workload, load),
    ...around.filter(({ region }) => region === load.region),
  ]);
  const lines = usage.map(each => priced(each, rates, free));
  const monthlyLines = lines.filter(line => !line.once);
  const monthly = totalOf(monthlyLines);
  return {
    workload,
    lines,
    perRegion: new Map(
      workload.regions.map(({ region }) => [region, totalOf(monthlyLines.filter(line => line.region === region))]),
    ),
    monthly,
    yearly: { ...monthly, usd: mapRange(monthly.usd, usd => usd.times(MONTHS)) },
    once: totalOf(lines.filter(line => line.once)),
    unknown: unknownPrices(lines),
  };
}

function priced(usage: Usage, rates: Rates, free: FreeAllowances): EstimateLine {
  const { region, dimension } = usage;
  const billed = free.takeOff(region, dimension, usage.quantity);
  const rate = withPairPrice(rates(region, dimension), pairPrice(usage));
  const cost = rate === undefined ? undefined : mapRange(billed, quantity => costOf(rate, dimension, quantity));
  return { ...usage, billed, rate, cost };
}

/** The price of a pair of Regions in place of the Region's own, unless that one was typed. */
function withPairPrice(rate: Rate | undefined, usdPerGb: Exact | undefined): Rate | undefined {
  if (rate === undefined || usdPerGb === undefined || rate.origin.kind === 'typed') return rate;
  const left = exact(1).minus(rate.discount ?? 0);
  return { ...rate, usd: usdPerGb.times(left), bands: undefined };
}

/** The sum of lines. */
function totalOf(lines: readonly EstimateLine[]): Total {
  let usd = nothing;
  for (const { cost } of lines) if (cost !== undefined) usd = addRanges(usd, cost);
  return { usd, atLeast: lines.some(line => line.cost === undefined) };
}

/** The prices that lines lack, each once. */
export function unknownPrices(lines: readonly EstimateLine[]): Estimate['unknown'] {
  const seen = new Map<string, { readonly region: string; readonly dimension: Dimension }>();
  for (const { cost, region, dimension } of lines) {
    if (cost === undefined) seen.set(`${region}:${dimension}`, { region, dimension });
  }
  return [...seen.values()];
}
