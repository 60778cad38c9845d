import type { CommandContext } from '../../context.js';
import type { Aws } from '../../lib/aws/connection.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { type Survey, surveyMappings } from '../../lib/esm/survey.js';
import type { Output } from '../../lib/terminal/output.js';

/** Surveys mappings of one Region; what could not be found out is said with --verbose. */
export async function openSurvey(
  mappings: readonly StreamMapping[],
  aws: Aws,
  region: string,
  { signal }: CommandContext,
  output: Output,
): Promise<Survey> {
  const gateway = await aws.mappings(region);
  const survey = await surveyMappings(mappings, {
    tables: () => aws.tables(region),
    queues: () => aws.queues(region),
    metrics: () => aws.metrics(region),
    nowMs: gateway.serverNow(),
    signal,
  });
  for (const reason of survey.unknown) output.detail(`Not known: ${reason}`);
  return survey;
}
