import type { Clock } from '../model/clock.js';
import type { Deadline } from '../streams/wait-for-table.js';

/** A backfill takes from minutes to days, so nothing ends the wait unless --timeout does. */
export function openDeadline(timeoutMs: number | undefined, clock: Clock, hint: string): Deadline {
  const afterMs = timeoutMs ?? Number.POSITIVE_INFINITY;
  return { atMs: clock.now() + afterMs, afterMs, hint };
}
