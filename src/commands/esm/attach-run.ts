import type { CommandContext } from '../../context.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import type { Aws } from '../../lib/aws/connection.js';
import type { MappingsGateway } from '../../lib/aws/mappings-gateway.js';
import type { Table } from '../../lib/aws/tables-gateway.js';
import { attach, type Attached, type AttachEvent } from '../../lib/esm/attach.js';
import { isFunction } from '../../lib/esm/mapping-ref.js';
import { type AttachPlan, planAttach } from '../../lib/esm/plan-attach.js';
import { type StreamMapping, toStreamMapping } from '../../lib/esm/stream-mapping.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { planChange, type StreamPlan } from '../../lib/streams/plan-change.js';
import { currentStream, resolveTable } from '../../lib/streams/resolve-table.js';
import { spelledViewType } from '../../lib/streams/view-type.js';
import { deadlineAfter } from '../../lib/streams/wait-for-table.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { regionFor } from '../region.js';
import { reachFlags } from '../streams/aws-lines.js';
import type { AttachOptions } from './attach.js';
import { attachDocument, attachEvent, attachPlanText, attachProgress, attachResult } from './attach-view.js';
import { attachLines } from './aws-lines.js';
import { showPlan } from './show-plan.js';
import { accountOf, readFilters, wantedSettings } from './wanted-settings.js';

/** Runs `ddbx esm attach`. */
export async function runAttach(options: AttachOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, globals, io } = context;
  const output = context.output();
  const filters = readFilters(options.settings, output);
  const aws = await context.aws();
  const region = await regionFor(options.table, aws, globals);
  const mappings = await aws.mappings(region);
  const plan = await makePlan(options, filters, aws, region, mappings, context);
  const lines = attachLines(plan, globals);
  const changes = plan.action !== 'unchanged';
  if (output.format === 'ndjson')
    await output.event({ type: 'plan', ...attachDocument(plan, undefined, options, lines) });
  await showPlan(changes || options.dryRun ? attachPlanText(plan) : '', lines, options, output);
  for (const warning of warningsOf(plan)) output.warn(warning);

  const events: AttachEvent[] = [];
  let attached: Attached | undefined;
  if (!options.dryRun && changes) {
    const again = `ddbx esm attach ${plan.table.tableName} ${plan.functionName}${reachFlags({ ...globals, region })}`;
    const deadline = deadlineAfter(globals.timeoutMs, clock, `Lambda goes on with what was begun; look with: ${again}`);
    const tools = {
      mappings,
      tables: await aws.tables(region),
      queues: () => aws.queues(region),
      clock,
      signal,
      deadline,
      wait: options.wait,
    };
    const isShown = output.format === 'human';
    attached = await withProgress(
      io,
      isShown,
      `Attaching ${plan.functionName} to ${plan.table.tableName}`,
      async say => {
        const running = attach(plan, tools);
        for (;;) {
          const next = await running.next();
          if (next.done === true) return next.value;
          events.push(next.value);
          say(attachProgress(next.value));
          if (output.format === 'ndjson') await output.event(attachEvent(next.value));
        }
      },
    );
  }
  const document = attachDocument(plan, attached, options, lines);
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  else if (!options.dryRun) await output.line(attachResult(plan, events, attached, io));
  return ExitCode.done;
}

async function makePlan(
  options: AttachOptions,
  filters: readonly string[] | undefined,
  aws: Aws,
  region: string,
  mappings: MappingsGateway,
  context: CommandContext,
): Promise<AttachPlan> {
  const { signal } = context;
  const table = await resolveTable(await aws.tables(region), options.table, signal);
  refuseOldStream(options, table);
  const enableStream = streamPlan(options, table);
  const described = await (await aws.functions(region)).describe(options.functionName, signal);
  // GetFunction answers with the ARN of what was asked for: with the alias, where there is one.
  const functionArn = described.arn.replace(/:\$LATEST$/, '');
  const functionName = options.functionName.replace(/^arn:.*:function:/, '');
  const place = { aws, region, functionName, account: accountOf(table.tableArn) };
  const { queue, ...settings } = await wantedSettings(options.settings, filters, options.preset, place, context);
  const ofFunction = await mappingsOf(mappings, table.tableName, functionArn, functionName, signal);
  return planAttach({ table, enableStream, functionName, functionArn, queue, ofFunction }, { ...options, settings });
}

/** The function's mappings of any stream of the table; encrypted filters are asked for. */
async function mappingsOf(
  mappings: MappingsGateway,
  tableName: string,
  functionArn: string,
  functionName: string,
  signal: AbortSignal,
): Promise<readonly StreamMapping[]> {
  const all = await mappings.list({ functionName: functionArn }, signal);
  const found = all
    .flatMap(mapping => toStreamMapping(mapping) ?? [])
    .filter(mapping => mapping.tableName === tableName && isSameFunction(mapping, functionArn, functionName));
  return Promise.all(
    found.map(async mapping => {
      if (mapping.settings.filters !== undefined) return mapping;
      return toStreamMapping(await mappings.get(mapping.uuid, signal)) ?? mapping;
    }),
  );
}

/** A mapping of an alias is another one than that of the function itself. */
function isSameFunction(mapping: StreamMapping, functionArn: string, functionName: string): boolean {
  const sameQualifier = mapping.functionName.includes(':') === functionName.includes(':');
  return mapping.functionArn === functionArn || (sameQualifier && isFunction(mapping.functionName, functionName));
}

/** @throws DdbxError `stream-not-enabled` with the ways to turn it on; `other-view-type` */
function streamPlan({ enableStream, functionName }: AttachOptions, table: Table): StreamPlan | undefined {
  if (enableStream !== undefined) return planChange(table, { verb: 'enable', viewType: enableStream });
  try {
    currentStream(table);
    return undefined;
  } catch (error) {
    if (!(error instanceof DdbxError) || isAwsError(error)) throw error;
    const view = spelledViewType('NEW_AND_OLD_IMAGES');
    throw new DdbxError({
      code: error.code,
      message: error.message,
      hint: `ddbx esm attach ${table.tableName} ${functionName} --enable-stream ${view} turns one on and attaches to it; ddbx streams enable ${table.tableName} --view ${view} only turns it on.`,
    });
  }
}

function refuseOldStream({ table: ref }: AttachOptions, table: Table): void {
  if (ref.streamArn === undefined || ref.streamArn === table.latestStreamArn) return;
  throw new DdbxError({
    code: 'old-stream',
    message: `${ref.streamArn} is not the newest stream of ${table.tableName}; an older stream gets no new records.`,
    hint: `To attach to the present stream, name the table: ${table.tableName}`,
    exitCode: ExitCode.usage,
  });
}

function warningsOf(plan: AttachPlan): readonly string[] {
  const { existing, orphans, functionName, table, settings, action } = plan;
  const warnings: string[] = [];
  if (settings.some(({ name, after }) => name === 'onFailure' && after === '')) {
    warnings.push(
      `There is no failure destination: records that are given up will disappear without a trace. --on-failure create makes a queue for them.`,
    );
  }
  for (const orphan of orphans) {
    warnings.push(
      `Mapping ${orphan.uuid} still leads from an old stream of ${table.tableName} (${orphan.stream.label}) to ${functionName}; ddbx esm repoint ${orphan.uuid} moves it, ddbx esm detach ${orphan.uuid} removes it.`,
    );
  }
  if (action !== 'create' && existing?.state === 'Disabled' && plan.enabled !== false) {
    warnings.push(`The mapping is Disabled and stays so; ddbx esm resume ${existing.uuid} lets it read.`);
  }
  return warnings;
}
