import type { CommandContext } from '../../context.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import { ExitCode } from '../../lib/model/error.js';
import { openMapping, type OpenMapping } from './open-mapping.js';
import { mappingJson } from './mapping-json.js';
import { openSurvey } from './open-survey.js';
import type { ShowOptions } from './show.js';
import { showText } from './show-view.js';

/** Runs `ddbx esm show`. */
export async function runShow(options: ShowOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const opened = await openMapping(options.mapping, context);
  const { aws, region, mapping } = opened;
  if (options.emit !== undefined) {
    const { emitSnippet } = await import('../../lib/esm/emit-snippet.js');
    await output.line(emitSnippet(mapping, options.emit));
    return ExitCode.done;
  }
  const [survey, tags] = await Promise.all([
    openSurvey([mapping], aws, region, context, output),
    tagsOf(opened, context.signal),
  ]);
  const [surveyed] = survey.mappings;
  if (surveyed === undefined) return ExitCode.failed;
  const document = { ...mappingJson(surveyed), tags: tags ?? null, unknown: survey.unknown };
  if (output.format === 'json') await output.document(document);
  else if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else await output.line(showText(surveyed, tags, context.io));
  return ExitCode.done;
}

/** Tags are worth no failure. */
async function tagsOf(
  { mappings, mapping }: OpenMapping,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (mapping.mappingArn === undefined) return undefined;
  try {
    return await mappings.tags(mapping.mappingArn, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error)) return undefined;
    throw error;
  }
}
