import type { CommandContext } from '../../context.js';
import type { RepointPlan } from '../../lib/esm/plan-repoint.js';
import type { RepointEvent } from '../../lib/esm/repoint.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { reachFlags } from '../streams/aws-lines.js';
import { attachMappingLine, detachLine, reachOf } from './aws-lines.js';
import { carryOutMove, planMove } from './move-mapping.js';
import { openMapping } from './open-mapping.js';
import type { RepointOptions } from './repoint.js';
import { repointDocument, repointPlanText, repointProgress, repointResult } from './repoint-view.js';
import { showPlan } from './show-plan.js';

/** Runs `ddbx esm repoint`. */
export async function runRepoint(options: RepointOptions, context: CommandContext): Promise<ExitCode> {
  const { globals, io } = context;
  const output = context.output();
  const opened = await openMapping(options.mapping, context);
  const { plan, tags } = await planMove(opened, options.now, context);
  const lines = linesOf(plan, tags, context);
  const changes = plan.steps.length > 0;
  if (output.format === 'ndjson')
    await output.event({ type: 'plan', ...repointDocument(plan, [], options.dryRun, lines) });
  await showPlan(changes || options.dryRun ? repointPlanText(plan) : '', lines, options, output);
  if (changes && options.now && !options.dryRun && !options.yes) await askForNow(plan, context);

  const events: RepointEvent[] = [];
  if (!options.dryRun) {
    const again = `ddbx esm repoint ${plan.mapping.uuid}${options.now ? ' --now --yes' : ''}${reachFlags({ ...globals, region: plan.region })}`;
    await withProgress(io, output.format === 'human' && changes, `Moving ${plan.mapping.functionName}`, async say => {
      for await (const event of carryOutMove(plan, opened, options.quietMs, tags, again, context)) {
        events.push(event);
        say(repointProgress(event));
        if (output.format === 'ndjson') await output.event(event);
      }
    });
  }
  const document = repointDocument(plan, events, options.dryRun, lines);
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  else if (!options.dryRun) await output.line(repointResult(plan, events, io));
  return ExitCode.done;
}

async function askForNow({ mapping, oldStreamArn }: RepointPlan, { io, signal }: CommandContext): Promise<void> {
  const question = `What ${mapping.functionName} has not read yet of ${oldStreamArn} is skipped. Go on?`;
  if (await confirm(io, question, { signal })) return;
  throw new DdbxError({ code: 'not-confirmed', message: 'Nothing was changed.', hint: 'Leave --now out to wait.' });
}

function linesOf(
  { mapping, steps, newStreamArn, region }: RepointPlan,
  tags: Readonly<Record<string, string>>,
  { globals }: CommandContext,
): readonly string[] {
  const reach = reachOf(region, globals);
  return [
    ...(steps.includes('create') ? [`${attachMappingLine(mapping, newStreamArn, tags)} ${reach}`] : []),
    ...(steps.includes('remove') ? [`${detachLine(mapping.uuid)} ${reach}`] : []),
  ];
}
