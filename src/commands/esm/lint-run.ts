import type { CommandContext } from '../../context.js';
import type { Aws } from '../../lib/aws/connection.js';
import { gatherLintFacts } from '../../lib/esm/gather-lint-facts.js';
import { isAtLeast, lintMapping, lintRules } from '../../lib/esm/lint.js';
import type { Finding } from '../../lib/esm/lint-facts.js';
import { sarifLog } from '../../lib/esm/sarif.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { ExitCode } from '../../lib/model/error.js';
import { plural } from '../../lib/terminal/human.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { version } from '../../version.js';
import { regionFor } from '../region.js';
import { findMappings } from './find-mappings.js';
import type { LintOptions } from './lint.js';
import { lintText } from './lint-view.js';
import { openMapping } from './open-mapping.js';
import { openSurvey } from './open-survey.js';

/** Runs `ddbx esm lint`. */
export async function runLint(options: LintOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, globals, io } = context;
  const output = context.output();
  const aws = await context.aws();
  const isSarif = globals.documentFormat === 'sarif';
  const isShown = output.format === 'human' && !isSarif && io.progress;
  const { region, facts } = await withProgress(io, isShown, 'Looking at the mappings', async say => {
    const found = await mappingsOf(options, aws, context);
    say(`Looking at ${plural(found.mappings.length, 'mapping')} in ${found.region}`);
    const survey = await openSurvey(found.mappings, aws, found.region, context, output);
    const [functions, consumers] = await Promise.all([aws.functions(found.region), aws.consumers(found.region)]);
    const doors = { functions, consumers, clock, signal };
    return { region: found.region, facts: await gatherLintFacts(survey.mappings, doors) };
  });
  const findings = facts.flatMap(lintMapping);
  const failed = findings.some(({ severity }) => isAtLeast(severity, options.failOn));
  const summary = { region, mappings: facts.length, ...countsOf(findings), failOn: options.failOn, passed: !failed };

  if (isSarif) await output.line(JSON.stringify(sarifLog(findings, lintRules, version), undefined, 2));
  else if (output.format === 'json') await output.document({ ...summary, findings });
  else if (output.format === 'ndjson') {
    for (const finding of findings) await output.event({ type: 'finding', ...finding });
    await output.event({ type: 'summary', ...summary });
  } else if (facts.length === 0) output.note(`There is no mapping to look at in ${region}.`);
  else await output.line(lintText(facts, findings, io));
  return failed ? ExitCode.checkFailed : ExitCode.done;
}

async function mappingsOf(
  { scope }: LintOptions,
  aws: Aws,
  context: CommandContext,
): Promise<{ readonly region: string; readonly mappings: readonly StreamMapping[] }> {
  if (scope.kind === 'mapping') {
    const { region, mapping } = await openMapping(scope.mapping, context);
    return { region, mappings: [mapping] };
  }
  const table = scope.kind === 'table' ? scope.table : undefined;
  const region = table === undefined ? await aws.defaultRegion() : await regionFor(table, aws, context.globals);
  const gateway = await aws.mappings(region);
  return { region, mappings: await findMappings(gateway, { table }, context.signal) };
}

function countsOf(findings: readonly Finding[]) {
  const count = (severity: Finding['severity']): number => findings.filter(each => each.severity === severity).length;
  return { errors: count('error'), warnings: count('warn'), notes: count('info') };
}
