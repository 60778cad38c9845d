import type { ChangeOptions, CommandContext } from '../../context.js';
import type { TableRef } from '../../lib/aws/arn.js';
import type { Table } from '../../lib/aws/tables-gateway.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { applyPlan, type ChangeEvent, settledTable } from '../../lib/streams/change-stream.js';
import { type ConsumerLookup, findConsumers } from '../../lib/streams/consumers.js';
import { planChange, type StreamGoal, type StreamPlan } from '../../lib/streams/plan-change.js';
import { resolveTable } from '../../lib/streams/resolve-table.js';
import { spelledViewType } from '../../lib/streams/view-type.js';
import { deadlineAfter } from '../../lib/streams/wait-for-table.js';
import type { Output } from '../../lib/terminal/output.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import type { MovedMappings } from '../esm/repoint-all.js';
import { askForName } from '../ask-for-name.js';
import { regionFor } from '../region.js';
import { awsLines, reachFlags } from './aws-lines.js';
import { changeDocument, changeEvent, planEvent, planText, progressText, resultText } from './change-view.js';
import type { DisableOptions } from './disable.js';
import type { EnableOptions } from './enable.js';
import type { RepointChoice, SetViewOptions } from './set-view.js';

/** Runs `ddbx streams enable`. */
export function runEnable(options: EnableOptions, context: CommandContext): Promise<ExitCode> {
  return runChange({ ...options, goal: { verb: 'enable', viewType: options.viewType } }, context);
}

/** Runs `ddbx streams disable`. */
export function runDisable(options: DisableOptions, context: CommandContext): Promise<ExitCode> {
  return runChange({ ...options, goal: { verb: 'disable' } }, context);
}

/** Runs `ddbx streams set-view`. */
export function runSetView(options: SetViewOptions, context: CommandContext): Promise<ExitCode> {
  return runChange({ ...options, wait: true, goal: { verb: 'set-view', viewType: options.viewType } }, context);
}

interface ChangeRequest extends ChangeOptions {
  readonly table: TableRef;
  readonly goal: StreamGoal;
  readonly wait: boolean;
  readonly repoint?: RepointChoice | undefined;
}

/** The plan, the question, the change: the same way for all three verbs. */
async function runChange(request: ChangeRequest, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, globals, io } = context;
  const aws = await context.aws();
  const region = await regionFor(request.table, aws, globals);
  const tables = await aws.tables(region);
  const output = context.output();
  const again = commandLine(request, region, context);
  const deadline = deadlineAfter(
    globals.timeoutMs,
    clock,
    `AWS goes on with what was begun. Pick it up again with: ${again}`,
  );

  const found = await resolveTable(tables, request.table, signal);
  refuseOldStream(request, found);
  const isShown = output.format === 'human';
  const mayWait = request.wait && !request.dryRun && found.status !== 'ACTIVE';
  const table = mayWait
    ? await withProgress(io, isShown, `${found.tableName} is ${found.status}: waiting until it is ACTIVE`, () =>
        settledTable(found, { tables, clock, signal, deadline }),
      )
    : found;
  const plan = planChange(table, request.goal);
  const lookup =
    plan.steps.length === 0 || plan.streamArn === undefined
      ? { consumers: [], unknown: [] }
      : await findConsumers(await aws.consumers(region), { streamArn: plan.streamArn }, clock, signal);

  const commands = awsLines(plan, globals);
  await showPlan(plan, lookup, commands, request, output);
  const events: ChangeEvent[] = [];
  if (!request.dryRun) {
    if (plan.steps.includes('disable') && !request.yes)
      await askForName(`This disables the stream of ${plan.tableName} in ${plan.region}.`, plan.tableName, context);
    const isWork = isShown && plan.steps.length > 0;
    await withProgress(io, isWork, `Changing the stream of ${plan.tableName}`, async update => {
      try {
        for await (const event of applyPlan(plan, { tables, clock, signal, deadline, wait: request.wait })) {
          events.push(event);
          update(progressText(event));
          if (output.format === 'ndjson') await output.event(changeEvent(event));
        }
      } catch (error) {
        warnOfHalf(plan, events, again, output);
        throw error;
      }
    });
  }
  if (output.format === 'human' && !request.dryRun) await output.line(resultText(plan, events, io));
  const moved = await moveMappings(request, plan, context, output);
  const document = {
    ...changeDocument(plan, lookup, events, request.dryRun, commands),
    ...(moved === undefined ? {} : { repointed: moved.moved, notRepointed: moved.left }),
  };
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  return moved === undefined || moved.left.length === 0 ? ExitCode.done : ExitCode.partial;
}

/** Takes the mappings along, where that was asked for. */
async function moveMappings(
  { repoint, dryRun }: ChangeRequest,
  { tableName, region }: StreamPlan,
  context: CommandContext,
  output: Output,
): Promise<MovedMappings | undefined> {
  if (repoint === undefined || dryRun) return undefined;
  const { repointAll } = await import('../esm/repoint-all.js');
  return repointAll({ tableName, region, now: repoint.now }, context, output);
}

/** The plan is data when nothing else is done, and an explanation otherwise. */
async function showPlan(
  plan: StreamPlan,
  lookup: ConsumerLookup,
  commands: readonly string[],
  request: ChangeRequest,
  output: Output,
): Promise<void> {
  if (output.format === 'ndjson') await output.event(planEvent(plan, lookup, commands));
  for (const { kind, reason } of lookup.unknown)
    output.detail(`The consumers of kind ${kind} are not known: ${reason}`);
  if (output.format !== 'human') return;
  const lines = plan.steps.length > 0 || request.dryRun ? [planText(plan, lookup, request.repoint !== undefined)] : [];
  if (request.dryRun || request.showAws) lines.push(...commands.map(command => `$ ${command}`));
  for (const line of lines) {
    if (request.dryRun) await output.line(line);
    else output.note(line);
  }
  if (request.dryRun) output.note('Nothing was changed (--dry-run).');
}

/** Whoever stops between the two steps must know that the stream is off. */
function warnOfHalf(plan: StreamPlan, events: readonly ChangeEvent[], again: string, output: Output): void {
  if (plan.steps.length < 2 || !events.some(event => event.type === 'disabling')) return;
  output.aside({
    level: 'warning',
    text: `The change of view type stopped half way: the stream of ${plan.tableName} is off, or about to be. Finish it with: ${again}`,
    event: Object.assign(
      { type: 'stopped-half-way' },
      { table: plan.tableName, region: plan.region, finishWith: again },
    ),
  });
}

/** A stream ARN stands for its table, but only as long as it is the table's newest stream. */
function refuseOldStream({ table: ref, goal }: ChangeRequest, table: Table): void {
  if (goal.verb === 'enable' || ref.streamArn === undefined || ref.streamArn === table.latestStreamArn) return;
  throw new DdbxError({
    code: 'old-stream',
    message: `${ref.streamArn} is not the newest stream of ${table.tableName}; an older stream is off already.`,
    hint: `To change the table's present stream, name the table: ${table.tableName}`,
    exitCode: ExitCode.usage,
  });
}

function commandLine({ table, goal, repoint }: ChangeRequest, region: string, { globals }: CommandContext): string {
  const view = goal.verb === 'disable' ? '' : ` --view ${spelledViewType(goal.viewType)}`;
  const yes = goal.verb === 'enable' ? '' : ' --yes';
  const along = repoint === undefined ? '' : ` --repoint${repoint.now ? ' --now' : ''}`;
  return `ddbx streams ${goal.verb} ${table.tableName}${view}${along}${yes}${reachFlags({ ...globals, region })}`;
}
