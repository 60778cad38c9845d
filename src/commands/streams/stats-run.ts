import type { CommandContext } from '../../context.js';
import { ExitCode } from '../../lib/model/error.js';
import { compileRecordFilter } from '../../lib/streams/record-filter.js';
import { measureStream } from '../../lib/streams/stats.js';
import { chooseFilters } from '../chosen-filters.js';
import { openStream, readingParts, watchReaders } from './open-stream.js';
import { parseSpan } from './read-flags.js';
import type { StatsCommandOptions } from './stats.js';
import { makeStatsView } from './stats-view.js';

/** Runs `ddbx streams stats`. */
export async function runStats(options: StatsCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { follow, top, intervalMs } = options;
  parseSpan(options.since, undefined, context.clock.now());
  const output = context.output();
  const chosen = chooseFilters(options.filter, context, output);
  const source = await openStream(options.table, context);
  const patterns = await chosen.patterns(source.stream.region);
  const accepts = patterns === undefined ? undefined : compileRecordFilter({ patterns });
  watchReaders(source, context, output);
  // Records are stamped by the endpoint's clock, so the span is counted back from its now.
  const { sinceMs } = parseSpan(options.since, undefined, source.gateway.serverNow());
  const view = makeStatsView({ stream: source.stream, context, output });
  let gaps = 0;
  try {
    const parts = readingParts(source, context, options.pace);
    for await (const event of measureStream({ source: parts, sinceMs, follow, top, intervalMs, accepts })) {
      await view.draw(event);
      if (event.type === 'summary') gaps = event.gaps;
    }
  } finally {
    view.end();
  }
  if (context.signal.aborted) return ExitCode.interrupted;
  return gaps > 0 ? ExitCode.partial : ExitCode.done;
}
