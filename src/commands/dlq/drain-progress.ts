import type { CommandContext } from '../../context.js';
import type { DrainCount } from '../../lib/dlq/drain-count.js';
import type { FailureSource } from '../../lib/dlq/failure-source.js';
import { formatCount, formatRate, hoursLeft, plural } from '../../lib/terminal/human.js';
import type { StatusLine } from '../../lib/terminal/status-line.js';

const REDRAW_MS = 500;
/** The depth of a queue is approximate anyway. */
const REDRAWS_PER_LOOK = 4;

/** Shows on the status line how far a drain is. @returns what ends it */
export function drainProgress(
  line: StatusLine,
  count: DrainCount,
  source: FailureSource,
  { io, clock, signal }: Pick<CommandContext, 'io' | 'clock' | 'signal'>,
): () => void {
  const end = new AbortController();
  if (!io.progress) return () => undefined;
  const watching = AbortSignal.any([signal, end.signal]);
  let left: number | undefined;
  const text = (): string => {
    const { taken, deleted, failed, expired, records, durationMs } = count.totals(clock.now());
    const soonestMs = count.soonestExpiryMs();
    const words = [
      `${formatCount(taken)} taken`,
      `${plural(records.delivered, 'record')} delivered`,
      `${formatCount(deleted)} deleted`,
      ...(left === undefined ? [] : [`~${formatCount(left)} left`]),
      ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
      ...(expired === 0 ? [] : [`${formatCount(expired)} expired`]),
      ...(soonestMs === undefined ? [] : [expiryText(soonestMs - clock.now())]),
      ...(durationMs < 1_000 ? [] : [formatRate((taken * 1_000) / durationMs)]),
    ];
    return `Draining ${source.name}: ${words.join(', ')}`;
  };
  const watch = async (): Promise<void> => {
    for (let draws = 0; !watching.aborted; draws += 1) {
      if (draws % REDRAWS_PER_LOOK === 0) left = await source.depth(watching).catch(() => left);
      line.set(text);
      await clock.sleep(REDRAW_MS, watching);
    }
  };
  line.set(text);
  void watch().catch(() => undefined);
  return () => {
    end.abort();
  };
}

function expiryText(leftMs: number): string {
  return leftMs <= 0 ? 'some past their 24 h' : `soonest expiry ${hoursLeft(leftMs)}`;
}
