import type { CommandContext } from '../../context.js';
import { ExitCode } from '../../lib/model/error.js';
import { plural } from '../../lib/terminal/human.js';
import { safeText } from '../../lib/terminal/text.js';
import { mappingFilters } from '../mapping-filters.js';
import type { ImportOptions } from './import.js';

/** Runs `ddbx filter import`. Into a file it prints the document that `@file` reads again. */
export async function runImport({ mapping: ref }: ImportOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output(context.io.stdoutIsTty ? 'human' : 'json');
  const { mapping, patterns } = await mappingFilters(ref, context);
  const texts = patterns.map(({ text }) => text);
  if (output.format === 'json') await output.document({ Filters: texts.map(Pattern => ({ Pattern })) });
  else if (output.format === 'ndjson') {
    for (const [i, pattern] of texts.entries()) await output.event({ type: 'filter', filter: i + 1, pattern });
    await output.event({ type: 'summary', mapping: mapping.uuid, table: mapping.tableName, filters: texts.length });
  } else for (const text of texts) await output.line(safeText(text));
  const whose = `mapping ${mapping.uuid}, from ${mapping.tableName} to ${mapping.functionName}`;
  output.note(
    texts.length === 0
      ? `No filters in ${whose}: every record passes.`
      : `${plural(texts.length, 'filter')} of ${whose}`,
  );
  return ExitCode.done;
}
