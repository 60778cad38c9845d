import type { CommandContext } from '../../context.js';
import { ExitCode } from '../../lib/model/error.js';
import { nodeExportFiles } from '../../lib/streams/export-files.js';
import { exportStream } from '../../lib/streams/export-stream.js';
import type { ExportTarget } from '../../lib/streams/export-target.js';
import { emptyStats, readStream } from '../../lib/streams/read-stream.js';
import { compileRedaction } from '../../lib/streams/redact.js';
import type { Output } from '../../lib/terminal/output.js';
import { chooseFilters } from '../chosen-filters.js';
import type { ExportCommandOptions } from './export.js';
import { makeExportView } from './export-view.js';
import { openStream, readingParts, watchReaders } from './open-stream.js';
import { parseSpan } from './read-flags.js';

/** Runs `ddbx streams export`. */
export async function runExport(options: ExportCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { signal, clock } = context;
  const span = parseSpan(options.since, options.until, clock.now());
  const redact = options.redact.length === 0 ? undefined : compileRedaction(options.redact);
  const output = context.output();
  const chosen = chooseFilters(options.filter, context, output);
  const source = await openStream(options.table, context);
  const patterns = await chosen.patterns(source.stream.region);
  watchReaders(source, context, output);
  const stats = emptyStats();
  const view = makeExportView({ to: options.to, context, output });
  let gaps = 0;
  try {
    const events = exportStream(
      {
        source: readingParts(source, context, options.pace),
        target: targetOf(options, output),
        request: {
          since: options.since ?? null,
          until: options.until ?? null,
          redact: options.redact,
          filters: patterns?.map(({ text }) => text) ?? [],
        },
        ...span,
        patterns,
        redact,
      },
      read => readStream(read, stats),
    );
    for await (const event of events) {
      await view.draw(event);
      if (event.type === 'summary' && event.outcome !== 'unchanged') gaps = event.manifest.gaps.length;
    }
  } finally {
    view.end();
  }
  if (signal.aborted) return ExitCode.interrupted;
  return gaps > 0 ? ExitCode.partial : ExitCode.done;
}

function targetOf({ to, overwrite }: ExportCommandOptions, output: Output): ExportTarget {
  if (to !== '-') return { kind: 'file', path: to, overwrite, files: nodeExportFiles };
  return { kind: 'pipe', write: lines => output.bytes(lines), flush: () => output.flush() };
}
