import type { CommandContext } from '../../context.js';
import { ExitCode } from '../../lib/model/error.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { regionFor } from '../region.js';
import { findMappings } from './find-mappings.js';
import type { ListOptions } from './list.js';
import { listText } from './list-view.js';
import { mappingJson } from './mapping-json.js';
import { openSurvey } from './open-survey.js';

/** Runs `ddbx esm list`. */
export async function runList(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const { signal, globals, io } = context;
  const output = context.output();
  const aws = await context.aws();
  const region = options.table === undefined ? await aws.defaultRegion() : await regionFor(options.table, aws, globals);
  const isShown = output.format === 'human' && io.progress;
  const survey = await withProgress(io, isShown, `Listing mappings in ${region}`, async () => {
    const found = await findMappings(await aws.mappings(region), options, signal);
    return openSurvey(found, aws, region, context, output);
  });
  const rows = survey.mappings.map(mappingJson);
  const summary = { region, mappings: rows.length, orphaned: rows.filter(row => row.orphaned).length };
  if (output.format === 'json') await output.document({ region, mappings: rows, unknown: survey.unknown });
  else if (output.format === 'ndjson') {
    for (const row of rows) await output.event({ type: 'mapping', ...row });
    await output.event({ type: 'summary', ...summary });
  } else if (rows.length === 0) output.note(nothingText(options, region));
  else {
    await output.line(await listText(survey.mappings, io));
    if (summary.orphaned > 0) {
      output.warn('A mapping that is orphaned gets no new records; ddbx esm repoint moves it to the present stream.');
    }
  }
  return ExitCode.done;
}

function nothingText({ table, functionName }: ListOptions, region: string): string {
  const of = table === undefined ? '' : ` of ${table.tableName}`;
  const to = functionName === undefined ? '' : ` to ${functionName}`;
  const attach = `ddbx esm attach ${table?.tableName ?? '<table>'} ${functionName ?? '<function>'} makes one.`;
  return `No mapping leads from a stream${of}${to} in ${region}. ${attach}`;
}
