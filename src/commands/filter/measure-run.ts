import type { CommandContext } from '../../context.js';
import { ExitCode } from '../../lib/model/error.js';
import { measureFilter } from '../../lib/streams/measure-filter.js';
import { parseFilters } from '../filter-texts.js';
import { openStream, readingParts, watchReaders } from '../streams/open-stream.js';
import { parseSpan } from '../streams/read-flags.js';
import type { MeasureCommandOptions } from './measure.js';
import { makeMeasureView } from './measure-view.js';

/** Runs `ddbx filter measure`. */
export async function runMeasure(options: MeasureCommandOptions, context: CommandContext): Promise<ExitCode> {
  const patterns = parseFilters(options.patterns);
  parseSpan(options.since, undefined, context.clock.now());
  const output = context.output();
  const source = await openStream(options.table, context);
  watchReaders(source, context, output);
  // Records are stamped by the endpoint's clock, so the span is counted back from its now.
  const { sinceMs = 0 } = parseSpan(options.since, undefined, source.gateway.serverNow());
  const { batchSize, windowMs } = options;
  const view = makeMeasureView({ stream: source.stream, context, output });
  let gaps = 0;
  try {
    const reading = readingParts(source, context, options.pace);
    for await (const event of measureFilter({ source: reading, sinceMs, patterns, batch: { batchSize, windowMs } })) {
      await view.draw(event);
      if (event.type === 'summary') gaps = event.gaps;
    }
  } finally {
    view.end();
  }
  if (context.signal.aborted) return ExitCode.interrupted;
  return gaps > 0 ? ExitCode.partial : ExitCode.done;
}
