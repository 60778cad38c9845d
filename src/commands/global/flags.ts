import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';

const SHORTEST_INTERVAL_MS = 1_000;

/** Reads how long to wait between two looks. @throws DdbxError `usage` below a second: AWS would be asked for nothing */
export function parseInterval(text: string): number {
  const ms = parseDuration(text);
  if (ms >= SHORTEST_INTERVAL_MS) return ms;
  throw usageError(`"${text}" is too short an interval.`, 'The shortest is 1s.');
}

/** @throws DdbxError `usage` for a Region that is named twice */
export function refuseTwice(regions: readonly string[]): void {
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) throw usageError(`${twice} is named twice.`, 'Name each Region once.');
}
