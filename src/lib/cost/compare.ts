import { type Exact, ZERO } from '../model/exact.js';
import { type Estimate, type EstimateLine, unknownPrices } from './estimate.js';

/** A line of two estimates; a side is undefined where the line is not in it. */
export interface ComparedLine {
  readonly id: string;
  readonly before: EstimateLine | undefined;
  readonly after: EstimateLine | undefined;
  /** By how much the upper end rises, in USD; undefined where a price is not known. */
  readonly difference: Exact | undefined;
}

/** Two estimates beside each other. */
export interface Comparison {
  readonly before: Estimate;
  readonly after: Estimate;
  readonly lines: readonly ComparedLine[];
  /** Of a month, by the upper ends, in USD. */
  readonly difference: Exact;
  /** A price is missing on either side. */
  readonly atLeast: boolean;
  /** The prices that are missing, each once. */
  readonly unknown: Estimate['unknown'];
}

/** Puts two estimates beside each other, line by line: those of the first in their order, then what is new. */
export function compareEstimates(before: Estimate, after: Estimate): Comparison {
  const later = new Map(after.lines.map(line => [line.id, line]));
  const earlier = new Set(before.lines.map(line => line.id));
  return {
    before,
    after,
    lines: [
      ...before.lines.map(line => compared(line, later.get(line.id))),
      ...after.lines.filter(line => !earlier.has(line.id)).map(line => compared(undefined, line)),
    ],
    difference: after.monthly.usd.high.minus(before.monthly.usd.high),
    atLeast: before.monthly.atLeast || after.monthly.atLeast,
    unknown: unknownPrices([...before.lines, ...after.lines]),
  };
}

function compared(before: EstimateLine | undefined, after: EstimateLine | undefined): ComparedLine {
  const costBefore = before === undefined ? ZERO : before.cost?.high;
  const costAfter = after === undefined ? ZERO : after.cost?.high;
  return {
    id: (after ?? before)?.id ?? '',
    before,
    after,
    difference: costBefore === undefined || costAfter === undefined ? undefined : costAfter.minus(costBefore),
  };
}
